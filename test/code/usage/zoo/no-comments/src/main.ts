import { wevt } from "./telemetry.js";

// wevt.log(user({ id: "u_1" }));
/* event.user({ tier: "pro" }) */
/** `wevt.set({ cart: { total: 1 } })` */
void wevt;
