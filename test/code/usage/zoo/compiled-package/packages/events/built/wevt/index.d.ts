import type { WevtOptions as OptionsOf } from "wevt";
export * from "./partials/user.js";
export type WevtOptions = OptionsOf;
