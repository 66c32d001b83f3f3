import { cart, logUser, wevt } from "../../events/dist/telemetry.js";

logUser({ id: "u_1", tier: "pro" });
wevt.log(cart({ total: 1 }));
