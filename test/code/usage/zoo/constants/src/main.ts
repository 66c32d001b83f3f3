import { wevt } from "./telemetry.js";
import { user, UserTier } from "./wevt/index.js";

enum Key { Tier = "tier" }
const keys = { limits: "limits" } as const;
wevt.log(user({ id: "u_1", [Key.Tier]: UserTier.pro, [keys.limits]: { max: 1 } } satisfies object as never));
