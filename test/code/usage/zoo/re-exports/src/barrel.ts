import { wevt } from "./telemetry.js";

export { user as renamed } from "./inner.js";
export * as partials from "./wevt/index.js";
export const logged = wevt.log;
