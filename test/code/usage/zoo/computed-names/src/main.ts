import { wevt } from "./telemetry.js";
import { user } from "./wevt/index.js";

const key = "tier";
wevt.log(user({ id: "u_1", [key]: "pro" }));
declare const either: "min" | "max";
wevt.set({ user: { limits: { [either]: 1 } } });
declare const anything: string;
wevt.set({ cart: { [anything]: 1 } });
wevt.set({ ["llm"]: { ["calls"]: 1 } });
