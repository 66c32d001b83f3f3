import { wevt } from "./telemetry.js";
import type { UserInput } from "./wevt/index.js";

let build = (): UserInput => ({ id: "u_1" });
if (process.argv.length > 2) build = () => ({ id: "u_2", tier: "pro" });
wevt.current()?.user(build());
