import { wevt } from "./telemetry.js";
import type { UserInput } from "./wevt/index.js";

const fields: { -readonly [Key in keyof UserInput]: UserInput[Key] } = { id: "u_1" };
[fields.tier] = ["pro" as const];
({ plan: fields.plan = "old" } = { plan: "older" });
wevt.current()?.user(fields);

let later: UserInput;
({ later } = { later: { id: "u_2", limits: { max: 1 } } });
wevt.current()?.user(later);
