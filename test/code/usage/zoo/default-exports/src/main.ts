import { wevt } from "./telemetry.js";
import track, { default as again } from "./track.js";
import build from "./build.js";

track({ id: "u_1" });
again({ id: "u_2", tier: "pro" });
wevt.log(build({ total: 1 }));
