import { wevt } from "./telemetry.js";
import type { CartInput, UserInput } from "./wevt/index.js";

const fields: UserInput = { id: "u_1" };
Reflect.set(fields, "tier", "pro");
wevt.current()?.user(fields);
const more: CartInput = { total: 1 };
Object.defineProperty(more, "coupon", { value: "XMAS", enumerable: true });
wevt.current()?.set({ cart: more });
