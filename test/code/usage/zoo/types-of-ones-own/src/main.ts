import { track, trackAny } from "./port.js";
import { wevt } from "./telemetry.js";
import type { WideEvent } from "./wevt/index.js";

const event = wevt.current();
if (event !== undefined) {
  track(event);
  trackAny(event);
  const methods: Record<"llm", WideEvent["llm"]> = event;
  methods.llm({ calls: 1 });
}
