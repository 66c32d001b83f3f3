import { wevt } from "./telemetry.js";

const event: any = wevt.current();
event.user({ id: "u_1", tier: "pro" });
event.set({ cart: { total: 1 }, other: 1 });
event.add("llm.calls", 1);
event.log("user");
console.log({ user: 1 });
