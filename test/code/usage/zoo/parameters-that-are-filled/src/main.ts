import { wevt } from "./telemetry.js";
import type { CartInput, UserInput } from "./wevt/index.js";

function filled(fields: UserInput): UserInput {
  fields.tier = "pro";
  return fields;
}
wevt.current()?.user(filled({ id: "u_1" }));

class Basket {
  constructor(private readonly fields: CartInput = {}) {}
  take(coupon: string): void {
    this.fields.coupon = coupon;
  }
  send(): void {
    wevt.set({ cart: this.fields });
  }
}
new Basket().take("XMAS");
