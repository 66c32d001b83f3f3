import { logUser } from "@shop/events";

logUser({ id: "u_1", tier: "pro" });
