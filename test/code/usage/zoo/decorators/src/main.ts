import { wevt } from "./telemetry.js";
import { cart, httpOriginator, user, type UserInput } from "./wevt/index.js";

type Method = (...args: never[]) => unknown;
function tracked(fields: UserInput) {
  return <M extends Method>(method: M): M => {
    wevt.log(user(fields));
    return method;
  };
}
class Shop {
  @wevt.events.orderPlaced.track(httpOriginator({ method: "POST", path: "/orders" }))
  @tracked({ id: "u_1", tier: "pro" })
  order(): void {
    wevt.log(cart({ total: 3 }));
  }
}
void Shop;
