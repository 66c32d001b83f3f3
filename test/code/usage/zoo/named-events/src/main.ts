import { wevt } from "./telemetry.js";
import { cart, httpOriginator, user, type OrderPlacedEvent } from "./wevt/index.js";

const { orderPlaced } = wevt.events;
const alias = orderPlaced;
alias.run(httpOriginator({ method: "POST" }), (event) => {
  event.user({ id: "u_1" });
  event.log(cart({ total: 1 }));
  wevt.log(user({ id: "u_2", tier: "pro" }));
  deep(event);
});
function deep(event: OrderPlacedEvent): void {
  event.set({ cart: { coupon: "XMAS" } });
}
wevt.events.orderPlaced.start(httpOriginator({ method: "GET" }));
export const handler = wevt.events["orderPlaced"].wrap(httpOriginator({ method: "PUT" }), () => 1);
