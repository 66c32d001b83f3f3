import { wevt } from "./telemetry.js";

const event: any = wevt.current();
event.user({ id: "u_1", tier: "pro" });
console.log({ user: 1 });
