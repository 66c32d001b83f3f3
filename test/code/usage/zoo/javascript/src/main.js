// @ts-check
import { wevt } from "./telemetry.js";
import { user } from "./wevt/index.js";

/** @param {import("./wevt/index.js").UserInput} fields */
function track(fields) {
  wevt.log(user(fields));
}
track({ id: "u_1", tier: "pro" });
wevt.current()?.cart({ total: 1 });
