import { user } from "@events";
import { wevt } from "#app/telemetry.js";

wevt.log(user({ id: "u_1" }));
