import { wevt } from "./telemetry.js";
import { user } from "./wevt/index.js";

function track(id: string): void;
function track(fields: { id: string; tier: "pro" }): void;
function track(given: string | { id: string; tier: "pro" }): void {
  wevt.log(user(typeof given === "string" ? { id: given } : given));
}
track("u_1");
track({ id: "u_2", tier: "pro" });
