import { wevt } from "./telemetry.js";
import type { UserInput } from "./wevt/index.js";

const fields: UserInput = { id: "u_1", limits: {} };
const same = fields;
same.tier = "pro";
const limits = fields.limits as { max?: number; min?: number };
limits.max = 3;
wevt.current()?.user(fields);

const state: { now: UserInput; then: UserInput } = { now: { id: "u_2" }, then: { id: "u_3" } };
const { now } = state;
now.plan = "old";
wevt.current()?.user(state.now);
Object.assign(state.then, { limits: { min: 1 } });
wevt.current()?.user(state.then);

const whole = { cart: { total: 1 } };
wevt.set(whole);
