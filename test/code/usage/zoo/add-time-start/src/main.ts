import { wevt } from "./telemetry.js";
import { httpOriginator, paths } from "./wevt/index.js";

const calls = "llm.calls";
wevt.add(calls, 1);
wevt.add(Math.random() > 0.5 ? "llm.tokens" : "cart.total", 2);
await wevt.time(paths.llm.latencyMs, async () => undefined);
using event = wevt.start(httpOriginator({ method: "GET" }));
event.start("llm.latencyMs").stop();
const counter = (name: "calls" | "tokens"): void => wevt.add(`llm.${name}`, 1);
counter("tokens");
