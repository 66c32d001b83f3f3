import { cart } from "../src/wevt/index.js";

export const built = cart({ coupon: "XMAS" });
