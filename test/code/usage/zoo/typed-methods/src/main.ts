import { wevt } from "./telemetry.js";
import { httpOriginator, type WideEvent } from "./wevt/index.js";

wevt.run(httpOriginator({ method: "GET", path: "/" }), (event) => {
  event.user({ id: "u_1", limits: { max: 3 } });
  deep(event);
});

function deep(current: WideEvent): void {
  current.cart({ coupon: "XMAS" });
  wevt.current()?.step({ name: "pay" });
}
