import { wevt } from "./telemetry.js";
import type { UserInput } from "./wevt/index.js";

let fields: UserInput = { id: "u_1" };
fields = { ...fields, tier: "pro" };
wevt.current()?.user(fields);

const limited = (one: UserInput): UserInput => ({ limits: { max: 1 }, ...one });
wevt.current()?.user(limited(limited({ id: "u_2", plan: "old" })));
