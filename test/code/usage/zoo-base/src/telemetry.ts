import { createWevt } from "./wevt/index.js";

export const wevt = createWevt({ service: { name: "shop" } });
