import { wevt } from "./telemetry.js";
import { user } from "./wevt/index.js";

const fields = { id: "u_1" };
Object.assign(fields, { tier: "pro" });
wevt.log(user(fields));
wevt.log(user(Object.freeze({ id: "u_2", limits: { max: 1 } })));
wevt.set({ cart: Object.assign({}, { total: 1 }, { coupon: "XMAS" }) });
wevt.set({ llm: Object.fromEntries([["calls", 1]]) });
