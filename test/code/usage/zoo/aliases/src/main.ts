import { wevt as telemetry } from "./telemetry.js";
import { user as account } from "./wevt/index.js";
import * as events from "./wevt/index.js";

const build = account;
const again = build;
telemetry.log(again({ id: "u_1" }));
telemetry.log(events.cart({ total: 1 }));
const builders = { account, steps: { one: events.step } };
telemetry.log(builders.account({ id: "u_2", tier: "pro" }));
telemetry.log(builders.steps.one({ ok: true }));
const log = telemetry.log;
log(account({ id: "u_3" }));
