import { wevt } from "./telemetry.js";

wevt.set({ user: { tier: "free", limits: { min: 1 } }, "cart": { total: 1 } });
const cart = { coupon: "XMAS" };
wevt.set({ cart });
