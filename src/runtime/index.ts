/** `wevt`: the runtime. It imports no built-in and no package, and knows nothing of schemas but what generated code hands to it. */
import type { RuntimeRegistry } from "./contract.js";
import { createUntypedWevt } from "./create-wevt.js";
import type { RegistryTypes } from "./types.js";
import type { AnyRegistry, EventHandle, Wevt, WevtOptions } from "./wevt-types.js";

/**
 * Opens the way from a service to its collectors. Projects call the generated `createWevt`, which knows their registry; this one takes any built
 * partial, and links only what is imported.
 *
 *     const wevt = createWevt({ service: { name: "my-rest-service" }, collectors: [stdio()] });
 *     await wevt.run(httpOriginator({ method: "POST" }), async (event) => event.log(user({ id, tier: "pro" })));
 *
 * Without options: the service name comes from the environment, events go to stdout as JSON lines. It throws only with `validation: "throw"`, for
 * service fields that do not fit.
 */
export function createWevt<R extends RegistryTypes = AnyRegistry, Handle = EventHandle<R>, Events = object>(options: WevtOptions<R> = {}, registry?: RuntimeRegistry): Wevt<R, Handle, Events> {
  const wevt: object = createUntypedWevt(options, registry);
  return asTyped<Wevt<R, Handle, Events>>(wevt);
}

/** Named guard: the registry value and the registry type are generated together, so the untyped object has the typed one's methods. */
function asTyped<Typed extends object>(wevt: object): Typed {
  return wevt as Typed;
}

export type { Collector, FinishedEvent, Profile } from "./collector.js";
export type { Issue, RuntimeRegistry } from "./contract.js";
export type { HashKey, ValidationPolicy } from "./core.js";
export type { DeadlineOptions } from "./create-wevt.js";
export type { SeenEvent } from "./enrich.js";
export type { ErrorDetails } from "./error-record.js";
export type { Clock, Ids } from "./ids.js";
export type { MessageFeature, MessageTemplate } from "./messages/feature.js";
export type { MessageLevel } from "./messages/level.js";
export type { OnProblem, ProblemContext } from "./problems.js";
export type { Ended, Ending, EndingSource, EndingStream } from "./ending.js";
export type { MethodDecoration } from "./decorator.js";
export type { AbortSignalLike, OriginatorOf, RunOptions, StartOptions } from "./openers.js";
export type { TextRedaction } from "./redaction/feature.js";
export { flat } from "./flat.js";
export type { Decision, SampledEvent, Sampler } from "./sampler.js";
export type { TraceContext } from "./trace-context.js";
export { strict } from "./strict.js";
export * from "./types.js";
export { ValidationError } from "./validate.js";
export * from "./wevt-types.js";
