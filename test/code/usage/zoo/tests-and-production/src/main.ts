import { wevt } from "./telemetry.js";
import { user } from "./wevt/index.js";

wevt.log(user({ id: "u_1" }));
