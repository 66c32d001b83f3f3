/** `wevt usage`: who sets what. This room reads users' TypeScript against the Registry; it knows neither terminals nor how schemas are resolved. */
export { UnreadableProject } from "../program.js";
export * from "./findings.js";
export * from "./model.js";
export * from "./read-usage.js";
export * from "./summary.js";
