import { createWevt, type Wevt } from "./wevt/index.js";

export * from "./wevt/index.js";
export const wevt: Wevt = createWevt({ service: { name: "shop" } });
