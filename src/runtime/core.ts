/** What all events of one `createWevt` share: options with their defaults, the registry by name, the service fields, the ways to the collectors. */
import { createLane, type Collector, type Lane } from "./collector.js";
import type { Bound } from "./bound.js";
import { contract, type EventDescriptor, type PartialDescriptor, type RuntimeRegistry, type ServiceDescriptor } from "./contract.js";
import { type Context, createContext } from "./context.js";
import { copyField, copyFields } from "./copy.js";
import type { Complete, SeenEvent } from "./enrich.js";
import { type EventState, isDescriptor } from "./event.js";
import type { Timer } from "./handle.js";
import { type Clock, type Ids, randomIds, systemClock } from "./ids.js";
import { defaultMaxProblems } from "./limits.js";
import type { MessageFeature } from "./messages/feature.js";
import { isPlainObject, own, type PlainObject, put } from "./plain.js";
import { createOpenList, type OpenList } from "./open-list.js";
import { readList, readOption, readOptions } from "./options.js";
import { environment } from "./platform.js";
import { createReporter, type OnProblem, type Reporter } from "./problems.js";
import type { TextRedaction } from "./redaction/feature.js";
import { hmacSha256 } from "./sha256.js";
import type { Sampler } from "./sampler.js";
import type { Layout } from "./slots.js";
import { stdoutLines } from "./stdout.js";
import { ValidationError, validate } from "./validate.js";
import type { Problem } from "./types.js";

/** `report`: mistakes are kept on the event and told to `onProblem`. `throw`: they throw at the call as well. `off`: nothing is checked. */
export type ValidationPolicy = "off" | "report" | "throw";

/** Options of `createWevt`, without the types of a registry. */
export interface CoreOptions {
  /**
   * Who emits. Without a name: OTEL_SERVICE_NAME, then `service.name` in OTEL_RESOURCE_ATTRIBUTES, then the package name that npm sets for scripts,
   * then `unknown_service`.
   */
  readonly service?: { readonly name?: string | undefined; readonly version?: string | undefined };
  /** Where events go. Default: one JSON line per event to stdout. */
  readonly collectors?: readonly Collector[];
  /** Default `report`, in every environment. */
  readonly validation?: ValidationPolicy;
  /** Key of `handling: hash` (HMAC-SHA-256). Without it such fields are left out. */
  readonly hashKey?: HashKey;
  /** Told about each problem, as soon as it is known. Default: the first few of each kind are printed to stderr. */
  readonly onProblem?: OnProblem;
  /** Problems kept on one event; default 20. The rest is counted. */
  readonly maxProblems?: number;
  /**
   * Milliseconds between `wevt.health` records, which list what was lost or did not fit; none is emitted while there is nothing to list. Default 60,000;
   * 0: never.
   */
  readonly healthIntervalMs?: number;
  /** Whether records carry the stack of an error; default true. */
  readonly stacks?: boolean;
  /** Decides at the end of each event whether it is kept. Default: what the event files declare; where they say nothing, every one is. */
  readonly sampling?: Sampler;
  /** `messages` of `wevt/messages`: how `event.message` and `event.debug` are formatted, and when debug messages are on. */
  readonly messages?: MessageFeature;
  /**
   * Run at the end of each event, in this order, before it is sampled, checked and handled: what they write is treated like everything else. They cannot wait,
   * and what they throw costs only what they would have added.
   */
  readonly enrich?: readonly ((event: never, seen: SeenEvent) => unknown)[];
  /** `redaction()` of `wevt/redaction`: takes tokens, card numbers, mail addresses and the like out of fields of `kind: text`. */
  readonly redaction?: TextRedaction;
  /**
   * Whether an event that is opened without `from`, and within no other event, continues the active span of OpenTelemetry, where its API is loaded: its trace,
   * and it as the parent. Default true.
   */
  readonly openTelemetry?: boolean;
  /** For tests. */
  readonly clock?: Clock;
  /** For tests. */
  readonly ids?: Ids;
}

/**
 * The key itself, or the key with a name that stands before each hash (`2026-11:9f86d0…`): after a rotation one sees which key a value was hashed with, and
 * joins what belongs together.
 */
export type HashKey = string | Uint8Array | { readonly id: string; readonly key: string | Uint8Array };

function hashBy(given: HashKey | undefined): ((text: string) => string) | undefined {
  if (given === undefined) return undefined;
  try {
    const { id, key } = typeof given === "string" || given instanceof Uint8Array ? { id: "", key: given } : given;
    if ((typeof key !== "string" && !(key instanceof Uint8Array)) || key.length === 0) return undefined;
    const hash = hmacSha256(key);
    return typeof id !== "string" || id === "" ? hash : (text) => `${id}:${hash(text)}`;
  } catch {
    return undefined;
  }
}

export interface Core {
  readonly registry: RuntimeRegistry;
  readonly partials: ReadonlyMap<string, PartialDescriptor>;
  /** Those that were written already, by name. */
  readonly prepared: Map<string, Prepared>;
  /** What `bind` made; absent before. */
  bound: WeakMap<object, Bound> | undefined;
  readonly validation: ValidationPolicy;
  readonly hash: ((text: string) => string) | undefined;
  readonly maxProblems: number;
  readonly stacks: boolean;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly reporter: Reporter;
  readonly service: PlainObject;
  readonly lanes: readonly Lane[];
  /** What `close()` emits. */
  readonly open: OpenList;
  /** What was written after its event was emitted, and waits to be emitted too. */
  readonly followUps: Set<EventState>;
  readonly sampling: Sampler | undefined;
  readonly messages: MessageFeature | undefined;
  readonly context: Context | undefined;
  readonly redaction: TextRedaction | undefined;
  readonly openTelemetry: boolean;
  /** Nothing is emitted any more. */
  closed: boolean;
  /** Told of timers that run; absent but in tests. */
  readonly timers: TimerWatch | undefined;
  /** What enriches; set once there are handles. */
  complete: Complete | undefined;
}

/** Sees timers that were started and not stopped. */
export interface TimerWatch {
  add(timer: Timer, about: { readonly state: EventState; readonly path: string }): void;
  delete(timer: Timer): void;
}

/** What a write of a partial looks up. */
export interface Prepared {
  readonly descriptor: PartialDescriptor;
  readonly layout: Layout;
}

/** Where `wevt/testing` finds the core of a wevt, to put its own clock, identifiers and ways out into it. */
export const coreKey: unique symbol = Symbol.for("wevt.core");

/** Stands in where no registry was given: built partials carry their own descriptors. */
export const emptyRegistry: RuntimeRegistry = { contract, stamp: "000000000000", naming: "camelCase", partials: [], events: [] };

const maxRead = 100_000;

/** Generated code for another contract may have any shape: what is not as it has to be is not there. */
export function readRegistry(given: RuntimeRegistry): RuntimeRegistry {
  const contractNumber: unknown = readOption(given, "contract");
  if (contractNumber === contract) return given;
  const naming = readOption(given, "naming");
  const stamp: unknown = readOption(given, "stamp");
  return {
    contract: typeof contractNumber === "number" ? contractNumber : 0,
    stamp: typeof stamp === "string" ? stamp : emptyRegistry.stamp,
    naming: naming === "snake_case" ? naming : emptyRegistry.naming,
    partials: readList(readOption(given, "partials"), maxRead).filter(isPartialDescriptor),
    events: readList(readOption(given, "events"), maxRead).filter(isEventDescriptor),
  };
}

function isPartialDescriptor(value: unknown): value is PartialDescriptor {
  return isDescriptor(value);
}

function isEventDescriptor(value: unknown): value is EventDescriptor {
  return typeof readOption(value, "name") === "string" && typeof readOption(value, "method") === "string" && isPlainObject(readOption(value, "partials"));
}

export function createCore(given: CoreOptions, registry: RuntimeRegistry): Core {
  const { options, wrong } = readOptions(given);
  const reporter = createReporter(options.onProblem);
  for (const problem of wrong) reporter.report(problem);
  const validation = options.validation ?? "report";
  const hash = hashBy(options.hashKey);
  // The first time of a process costs 0.2 ms in V8: here, and not in its first event.
  new Date(0).toISOString();
  if (registry.contract !== contract) reporter.report({ problem: "constraint", message: `the generated code was made for runtime contract ${registry.contract}, this wevt has ${contract}: run \`wevt generate\` with the installed version` });
  return {
    registry,
    partials: new Map(registry.partials.map((partial) => [partial.name, partial])),
    prepared: new Map(),
    bound: undefined,
    validation,
    hash,
    maxProblems: options.maxProblems ?? defaultMaxProblems,
    stacks: options.stacks ?? true,
    clock: options.clock ?? systemClock,
    ids: options.ids ?? randomIds(),
    reporter,
    service: serviceFields(options.service, { descriptor: registry.service, validation, hash, reporter }),
    lanes: options.collectors === undefined ? [createLane(stdoutLines(), "stdout", reporter)] : readList(options.collectors).flatMap((collector, index) => laneTo(collector, `collectors[${index}]`, reporter)),
    open: createOpenList(),
    followUps: new Set(),
    sampling: options.sampling ?? registry.sampling?.(),
    messages: options.messages,
    context: createContext(reporter),
    redaction: options.redaction,
    openTelemetry: options.openTelemetry ?? true,
    closed: false,
    timers: undefined,
    complete: undefined,
  };
}

interface ServiceContext extends Pick<Core, "validation" | "hash" | "reporter"> {
  readonly descriptor: ServiceDescriptor | undefined;
}

function laneTo(collector: unknown, place: string, reporter: Reporter): readonly Lane[] {
  const name = readOption(collector, "name");
  if (isCollector(collector)) return [createLane(collector, typeof name === "string" ? name : place, reporter)];
  reporter.report({ problem: "collector", path: place, message: "a collector is an object with a function flush: it was left out" });
  return [];
}

function isCollector(value: unknown): value is Collector {
  return typeof value === "object" && typeof readOption(value, "flush") === "function";
}

/** Fixed once. Fields of a service file are copied by its rule; without one, extra fields are open scalars. */
function serviceFields(given: CoreOptions["service"], { descriptor, validation, hash, reporter }: ServiceContext): PlainObject {
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);
  const { name, version, ...extra } = readService(given, report);
  for (const [key, value] of Object.entries({ name, version })) {
    if (typeof value !== "string" && value !== undefined && value !== null) report({ problem: "wrong_type", path: `service.${key}`, message: `has to be text, and is of type ${typeof value}: it was left out` });
  }
  const identity = serviceIdentity(name, version);
  const fields = descriptor === undefined ? openScalars(extra, report) : copyFields(declaredOnly(descriptor, extra, identity), { rule: descriptor.rule, path: "service", report: (problem, path, message) => report({ problem, path, message }) });
  const checked = descriptor === undefined ? fields : validate(descriptor, fields, { path: "service", validation, ordered: true, hash, report });
  for (const problem of problems) reporter.report(problem);
  if (validation === "throw" && problems.length > 0) throw new ValidationError(problems);
  const fixed: PlainObject = {};
  for (const [key, value] of Object.entries(identity)) {
    // What its file declares stands as that file says, or not at all.
    const stands = descriptor !== undefined && Object.hasOwn(descriptor.rule.fields, key) ? own(checked, key) : value;
    if (stands !== undefined) put(fixed, key, stands);
  }
  return { ...fixed, ...checked };
}

function readService(given: object | undefined, report: (problem: Problem) => void): { readonly name?: unknown; readonly version?: unknown } {
  try {
    return { ...given };
  } catch {
    report({ problem: "unserializable", path: "service", message: "the service could not be read: its name is the default" });
    return {};
  }
}

/** `name` and `version` belong to every service; its file may declare them as well, to document them. */
function declaredOnly(descriptor: ServiceDescriptor, extra: object, identity: PlainObject): object {
  const known = Object.entries(identity).filter(([key]) => Object.hasOwn(descriptor.rule.fields, key));
  return { ...extra, ...Object.fromEntries(known) };
}

function openScalars(extra: object, report: (problem: Problem) => void): PlainObject {
  const fields: PlainObject = {};
  for (const [key, value] of Object.entries(extra)) {
    const path = `service.${key}`;
    const copy = copyField(value, { rule: {}, path, report: (problem, place, message) => report({ problem, path: place, message }) });
    if (copy === undefined) continue;
    if (Array.isArray(copy) || isPlainObject(copy)) report({ problem: "wrong_type", path, message: "a service field is text, a number, a boolean or null: it was left out; declare it in a service file to give it structure" });
    else put(fields, key, copy);
  }
  return fields;
}

function serviceIdentity(name: unknown, version: unknown): PlainObject {
  const given = typeof name === "string" && name !== "" ? name : undefined;
  const attributes = new Map((environment("OTEL_RESOURCE_ATTRIBUTES") ?? "").split(",").map((pair) => splitOnce(pair.trim())));
  const packageName = environment("npm_package_name");
  const found = given ?? environment("OTEL_SERVICE_NAME") ?? attributes.get("service.name") ?? packageName ?? "unknown_service";
  const packageVersion = found === packageName ? environment("npm_package_version") : undefined;
  const foundVersion = typeof version === "string" ? version : (attributes.get("service.version") ?? packageVersion);
  return { name: found, ...(foundVersion === undefined ? {} : { version: foundVersion }) };
}

function splitOnce(pair: string): readonly [string, string] {
  const at = pair.indexOf("=");
  return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
}
