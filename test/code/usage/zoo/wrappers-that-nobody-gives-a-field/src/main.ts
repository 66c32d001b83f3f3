import { wevt } from "./telemetry.js";
import { user } from "./wevt/index.js";

function track(id: string, tier?: "free" | "pro", max: number = 3): void {
  wevt.log(user({ id, tier, limits: { max } }));
}
track("u_1");
track("u_2", undefined, 4);
