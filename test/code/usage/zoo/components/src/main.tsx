import { wevt } from "./telemetry.js";
import { user, type UserInput } from "./wevt/index.js";

declare global {
  namespace JSX {
    interface IntrinsicElements { [name: string]: object }
    type Element = unknown;
  }
}
function Track({ account, total }: { account: UserInput; total?: number }): JSX.Element {
  wevt.log(user(account));
  wevt.set({ cart: { total } });
  return <div />;
}
export const page = <Track account={{ id: "u_1", tier: "pro" }} />;
export const other = <Track account={{ id: "u_2" }} total={3}></Track>;
export const button = <button onClick={() => wevt.current()?.step({ name: "pay" })} />;
