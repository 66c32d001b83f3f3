import { wevt } from "./telemetry.js";
import type { CartInput, UserInput } from "./wevt/index.js";

export function finish(isPro: boolean, name: string): void {
  const fields: UserInput = { id: "u_1" };
  if (isPro) fields.tier = "pro";
  fields.limits = { max: 1 };
  fields.limits.min = 0;
  wevt.current()?.user(fields);
  let cart: CartInput;
  if (isPro) cart = { coupon: "XMAS" };
  else cart = { total: 3 };
  wevt.current()?.cart(cart);
  const llm: Record<string, number> = {};
  llm[name] = 1;
  wevt.set({ llm });
}
