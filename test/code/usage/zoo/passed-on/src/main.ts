import { wevt } from "./telemetry.js";
import { cart, step, user, type UserInput, type WideEventPartial } from "./wevt/index.js";

declare function pipe(...steps: readonly unknown[]): void;
pipe(user, wevt.log);
interface Telemetry {
  user(fields: UserInput): void;
}
const telemetry: Telemetry = { user: (fields) => wevt.log(user(fields)) };
telemetry.user({ id: "u_1" });
const table: { readonly [name: string]: (fields: never) => WideEventPartial } = { cart };
void table;
[{ name: "pay" }].map(step).forEach(wevt.log);
