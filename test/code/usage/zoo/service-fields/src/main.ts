import { createWevt } from "./wevt/index.js";

const service = { name: "shop", region: "eu" };
export const other = createWevt({ service });
