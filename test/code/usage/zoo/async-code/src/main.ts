import { wevt } from "./telemetry.js";
import { user } from "./wevt/index.js";

await Promise.all(["u_1", "u_2"].map(async (id) => wevt.log(user({ id }))));
const fields = Promise.resolve({ id: "u_3", tier: "pro" as const });
wevt.log(user(await fields));
setTimeout(() => wevt.current()?.cart({ total: 1 }), 1);
for await (const one of [Promise.resolve({ sku: "a" })]) wevt.set({ cart: { items: [one] } });
