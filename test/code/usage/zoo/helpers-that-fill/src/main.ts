import { fields as shared } from "./shared.js";
import { wevt } from "./telemetry.js";
import { user, type UserInput } from "./wevt/index.js";

function enrich(into: UserInput, isPro: boolean): void {
  if (isPro) into.tier = "pro";
  limit(into);
}
function limit(given: Partial<UserInput>): void {
  given.limits = { max: 1 };
}
const fields: UserInput = { id: "u_1" };
enrich(fields, true);
wevt.log(user(fields));
shared.plan = "old";
wevt.log(user(shared));
class Context {
  readonly cart: { total: number; coupon?: string } = { total: 0 };
}
export function handle(context: Context): void {
  context.cart.coupon = "XMAS";
  wevt.set({ cart: context.cart });
}
