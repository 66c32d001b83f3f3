import { logUser, track, write, writeAll, writeUser } from "./wrappers.js";

logUser({ id: "u_1", tier: "pro" });
track("u_2");
track("u_3", 4);
write("user", { id: "u_4" });
write("cart", { coupon: "XMAS" });
writeUser({ account: { id: "u_5", limits: { min: 0 } } });
writeAll({ llm: { calls: 1 } });
