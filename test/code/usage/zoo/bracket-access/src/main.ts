import { wevt } from "./telemetry.js";
import * as events from "./wevt/index.js";

const event = wevt.current();
event?.["user"]?.({ id: "u_1" });
wevt["log"](events["cart"]({ ["total"]: 1 }));
const name = "step" as const;
event![name]({ ok: true });
declare const either: "cart" | "llm";
(event![either] as (fields: object) => void)({ coupon: "XMAS" });
