import { wevt } from "./telemetry.js";
import { user } from "./wevt/index.js";

declare const isPro: boolean;
declare const coupon: string | undefined;
wevt.log(user({ id: "u_1", ...(isPro ? { tier: "pro" } : {}), ...(coupon !== undefined && { plan: coupon }) }));
wevt.log(user(isPro ? { id: "u_2", limits: { max: 9 } } : { id: "u_3" }));
wevt.set({ cart: { coupon: isPro ? "XMAS" : undefined, total: undefined } });
if (isPro) wevt.set(isPro ? { llm: { calls: 1 } } : {});
