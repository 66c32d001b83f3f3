import { wevt } from "./telemetry.js";
import type { UserInput } from "./wevt/index.js";

const fields: UserInput = { id: "u_1", limits: {} };
const same = fields;
same.tier = "pro";
const limits = fields.limits as { max?: number; min?: number };
limits.max = 3;
wevt.current()?.user(fields);
