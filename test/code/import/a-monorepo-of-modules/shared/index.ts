export type { Money } from "./money.js";
export * as people from "./people.js";
