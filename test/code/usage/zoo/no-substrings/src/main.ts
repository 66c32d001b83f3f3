import { wevt } from "./telemetry.js";

function superuser(fields: { id: string }): void {
  void fields;
}
const users = { user: (fields: object): void => void fields, log: (text: string): void => void text };
superuser({ id: "u_1" });
users.user({ id: "u_1", tier: "pro" });
users.log("user");
const cart = new Map<string, number>();
cart.set("coupon", 1);
function user(fields: object): object {
  return fields;
}
user({ id: "u_2", tier: "pro" });
const text = "event.user({ id: 1 })";
void [wevt, text];
