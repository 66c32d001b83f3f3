import { wevt } from "./telemetry.js";
import { user } from "./wevt/index.js";

export function main(build = user): void {
  wevt.log(build({ id: "u_1", tier: "pro" }));
}

const bound = wevt.current()?.llm.bind(wevt.current(), { calls: 1 });
bound?.();
