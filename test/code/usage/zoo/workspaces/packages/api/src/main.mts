import { wevt } from "@acme/events";
import { track } from "@acme/lib";

track({ id: "u_1", tier: "pro" });
wevt.set({ cart: { total: 1 } });
