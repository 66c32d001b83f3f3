import { wevt } from "./telemetry.js";
import { httpOriginator, user, type WideEvent } from "./wevt/index.js";

const account = { profile: { id: "u_1", tier: "pro" as const, secret: 1 }, coupon: "XMAS" };
const { profile: { secret: _, ...visible }, coupon } = account;
wevt.log(user(visible));
wevt.run(httpOriginator({ method: "GET" }), ({ user: logUser, cart, log, set }) => {
  logUser({ id: "u_1" });
  cart({ coupon });
  log(user({ id: "u_2" }));
  set({ llm: { calls: 1 } });
});
function deep({ step }: WideEvent): void {
  step({ name: "pay" });
}
void deep;
