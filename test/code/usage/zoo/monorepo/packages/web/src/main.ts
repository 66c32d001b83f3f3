import { cart, logCart, logUser, wevt } from "@shop/events";

logUser({ id: "u_2" });
wevt.log(cart({ coupon: "XMAS" }));
logCart({ total: 1 });
