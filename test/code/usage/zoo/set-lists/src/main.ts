import { wevt } from "./telemetry.js";

wevt.set({ step: [{ name: "plan" }, { ok: true }] });
wevt.set({ step: { name: "one more" } });
const steps = [{ name: "act" }];
wevt.set({ step: steps });
wevt.set({ step: ["read", "write"].map((name) => ({ name })) });
