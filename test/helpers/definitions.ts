/** Definitions made by hand, for tests of the runtime that shall not depend on the generator. */
import { contract, type BuiltOriginator, type BuiltPartial, type Check, type EventDescriptor, type FieldRule, type Issue, type ObjectRule, type PartialDescriptor, type RuntimeRegistry, type Slots } from "../../src/runtime/contract.js";
import { part } from "../../src/runtime/slots.js";

export interface FieldSpec extends FieldRule {
  readonly type?: "string" | "number" | "integer" | "boolean" | "array" | "object";
  readonly required?: true;
  readonly values?: readonly unknown[];
  readonly minimum?: number;
}

type Specs = { readonly [name: string]: FieldSpec };

/** A check of the first level of fields: type, values, minimum, required; and of the items of an array when they have a type. */
export function checkOf(specs: Specs): Check {
  return (value, issues = []) => {
    const fields = Object(value);
    const found: Issue[] = [];
    for (const [name, spec] of Object.entries(specs)) checkField(fields, name, spec, found);
    for (const keys of unknownKeys(fields, { fields: specs })) found.push({ path: keys.join("."), keys, schema: "test", rule: "additionalProperties", problem: "unknown_field", expected: "no such field" });
    issues.push(...found);
    return found.length === 0;
  };
}

/** Of closed objects, at any depth of them. */
function unknownKeys(value: object, { fields, patterns = [], rest }: ObjectRule): readonly (readonly string[])[] {
  if (patterns.length > 0 || rest !== undefined) return [];
  return Object.keys(value).flatMap((key) => {
    if (!Object.hasOwn(fields, key)) return [[key]];
    const inner: unknown = Reflect.get(value, key);
    const rule = fields[key]?.object;
    return rule === undefined || typeof inner !== "object" || inner === null || Array.isArray(inner) ? [] : unknownKeys(inner, rule).map((keys) => [key, ...keys]);
  });
}

/** As generated code has it. */
function slotsOf({ fields }: ObjectRule, check: Check = (value) => isOfType(value, "object")): Slots {
  return (value, list) =>
    check(value) &&
    (!list ||
      Object.entries(fields).map(([name, { object }]) => {
        const inner: unknown = Reflect.get(value, name);
        return object === undefined || object.rest !== undefined || object.patterns !== undefined ? inner : part(inner, slotsOf(object), true);
      }));
}

function checkField(fields: { readonly [name: string]: unknown }, name: string, spec: FieldSpec, found: Issue[]): void {
  const base = { path: name, keys: [name], schema: "test" };
  if (!Object.hasOwn(fields, name)) {
    if (spec.required) found.push({ ...base, rule: "required", problem: "missing_field", expected: "a value" });
    return;
  }
  const value = fields[name];
  if (spec.type !== undefined && !isOfType(value, spec.type)) found.push({ ...base, rule: "type", problem: "wrong_type", expected: spec.type, received: JSON.stringify(value) });
  else if (spec.values !== undefined && !spec.values.includes(value)) found.push({ ...base, rule: "enum", problem: "constraint", expected: spec.values.join(" | ") });
  else if (spec.minimum !== undefined && typeof value === "number" && value < spec.minimum) found.push({ ...base, rule: "minimum", problem: "constraint", expected: `>= ${spec.minimum}` });
  const items = spec.items;
  if (Array.isArray(value) && items !== undefined && "type" in items && typeof items.type === "string") {
    const type = items.type;
    value.forEach((item, index) => {
      if (!isOfType(item, type)) found.push({ ...base, keys: [name, index], rule: "type", problem: "wrong_type", expected: type });
    });
  }
}

function isOfType(value: unknown, type: string): boolean {
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}

export interface TestPartial<Name extends string> {
  (fields: object): BuiltPartial<Name>;
  readonly descriptor: PartialDescriptor<Name>;
}

export function partial<Name extends string>(name: Name, specs: Specs, options: Pick<PartialDescriptor, "repeatable"> = {}): TestPartial<Name> {
  const check = checkOf(specs);
  const descriptor: PartialDescriptor<Name> = { contract, kind: "partial", name, method: name, check, rule: { fields: specs }, slots: slotsOf({ fields: specs }, check), ...options };
  const build = (fields: object): BuiltPartial<Name> => ({ partial: name, fields, descriptor });
  return Object.assign(build, { descriptor });
}

export function originator<Name extends string>(name: Name, specs: Specs): (fields: object) => BuiltOriginator<Name> {
  const check = checkOf(specs);
  const descriptor = { contract, kind: "originator", name, check, rule: { fields: specs }, slots: slotsOf({ fields: specs }, check) } as const;
  return (fields) => ({ originator: name, fields, descriptor });
}

export function registry(partials: readonly TestPartial<string>[], events: readonly EventDescriptor[] = [], more: Partial<RuntimeRegistry> = {}): RuntimeRegistry {
  return { contract, stamp: "0123456789ab", naming: "camelCase", partials: partials.map(({ descriptor }) => descriptor), events, ...more };
}

/** The example of the first seed. */
export const user = partial("user", {
  id: { type: "string", required: true },
  tier: { type: "string", values: ["free", "pro"] },
  email: { type: "string", handling: "mask", concealed: true },
  phone: { type: "string", handling: "hash", concealed: true },
  password: { type: "string", handling: "drop", concealed: true },
  bio: { type: "string", handling: "truncate:5" },
  tags: { type: "array", items: { type: "string" } as FieldSpec },
});

export const sandbox = partial("sandbox", {
  sandboxId: { type: "string" },
  startedAt: { type: "integer", encode: "epoch" },
  startDuration: { type: "integer", perMs: 1, integer: true },
  liveDuration: { type: "number", perMs: 0.001, merge: "sum" },
});

export const db = partial("db", {
  queries: { type: "integer", merge: "sum", minimum: 0 },
  slowest: { type: "number", merge: "max" },
  fastest: { type: "number", merge: "min" },
  cost: { type: "number", merge: "sum", decimals: 2 },
  first: { type: "string", merge: "keep" },
  tables: { type: "array", merge: "append", items: {} },
  bytes: { type: "string", encode: "int64", merge: "sum" },
  limits: { type: "object", object: { fields: { soft: {}, hard: {} } } },
  perTable: { type: "object", object: { fields: {}, rest: { merge: "sum" } } },
  free: {},
  at: { type: "string", encode: "date-time" },
});

export const call = partial("call", { model: { type: "string", required: true }, tokens: { type: "integer" } }, { repeatable: { max: 3 } });

export const http = originator("http", { method: { type: "string", required: true }, path: { type: "string" }, headers: { object: { fields: {}, rest: {} } }, token: { type: "string", handling: "drop", concealed: true } });
