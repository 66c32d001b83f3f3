import { createWevt, user } from "./wevt/index.js";

export const other = createWevt({
  enrich: [
    (event) => event.set({ cart: { coupon: "XMAS" } }),
    (event, seen) => {
      if (seen.peek("originator", "path") === "/vip") event.log(user({ id: "u_1", tier: "pro" }));
    },
  ],
});
