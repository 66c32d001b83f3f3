import { wevt } from "./telemetry.js";
import { cart, httpOriginator, user } from "./wevt/index.js";

await wevt.run(httpOriginator({ method: "GET" }), (event) => {
  event.log(user({ id: "u_1", tier: "pro" }));
  wevt.partial(cart({ total: 3 }));
  const built = user({ id: "u_2" });
  event.log(built);
});
