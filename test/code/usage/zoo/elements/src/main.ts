import { wevt } from "./telemetry.js";
import { step, user, type UserInput } from "./wevt/index.js";

[{ name: "pay" }, { ok: true }].map(step).forEach(wevt.log);
declare const accounts: readonly Required<Pick<UserInput, "id" | "tier">>[];
accounts.map((account) => wevt.log(user(account)));
const event = wevt.current()!;
accounts.forEach(event.user);
for (const { id } of accounts) event.user({ id });
