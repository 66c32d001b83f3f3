import { wevt } from "./telemetry.js";
import { user, type UserInput } from "./wevt/index.js";

const fieldsOf = (id: string): UserInput => ({ id, tier: "pro" });
async function load(isPro: boolean): Promise<UserInput> {
  if (isPro) return fieldsOf("u_1");
  return { id: "u_2", limits: { max: 1 } };
}
wevt.log(user(await load(true)));
wevt.log(user({ ...fieldsOf("u_3") }));
wevt.log((() => user({ id: "u_4", plan: "old" }))());
function built(total: number) {
  return { cart: { total } };
}
wevt.set(built(3));
