import { httpRequest } from "wevt/propagation";
import { wevt } from "./telemetry.js";
import { httpOriginator } from "./wevt/index.js";

export const handle = (request: Request): void => wevt.run(httpOriginator(httpRequest(request)), () => undefined);
