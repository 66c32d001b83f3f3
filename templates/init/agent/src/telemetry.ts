import { createWevt, type Wevt } from "./wevt/index.js";

/** The one place that knows who emits, and where events go (standard output: one JSON line each, unless `collectors` says otherwise). */
export const wevt: Wevt = createWevt({ service: { name: "my-agent", version: "1.0.0" } });
