/** `wevt`: the runtime. It imports no built-in and no package, and knows nothing of schemas but what generated code hands to it. */
export { createUntypedWevt as createWevt } from "./create-wevt.js";
export type { Collector, FinishedEvent } from "./collector.js";
export type { BuiltOriginator, BuiltPartial, Issue, RuntimeRegistry } from "./contract.js";
export type { CoreOptions as WevtOptions, ValidationPolicy } from "./core.js";
export type { ErrorDetails } from "./error-record.js";
export type { Clock, Ids } from "./ids.js";
export type { OnProblem, ProblemContext } from "./problems.js";
export * from "./types.js";
export { ValidationError } from "./validate.js";
