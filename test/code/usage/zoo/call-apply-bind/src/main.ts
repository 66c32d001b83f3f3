import { wevt } from "./telemetry.js";
import { user } from "./wevt/index.js";

const event = wevt.current()!;
event.user.call(event, { id: "u_1" });
event.cart.apply(event, [{ total: 1 }]);
const step = event.step.bind(event);
step({ name: "pay" });
wevt.log.call(wevt, user.call(undefined, { id: "u_2", tier: "pro" }));
