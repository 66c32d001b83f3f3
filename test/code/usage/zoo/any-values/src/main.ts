import { wevt } from "./telemetry.js";
import { user } from "./wevt/index.js";

wevt.log(user(JSON.parse("{}")));
wevt.set({ cart: JSON.parse("{}") });
const anything: any = {};
wevt.log(anything);
declare const map: Record<string, never>;
wevt.set({ llm: map });
