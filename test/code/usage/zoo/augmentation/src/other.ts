import { serve } from "./framework.js";

serve(({ event }) => event.cart({ coupon: "XMAS" }));
