/**
 * `wevt/redaction`: what people write by mistake into free text. Fields are hidden by what the schema says of them (`sensitivity`, `handling`); patterns are
 * for text in which anything may stand, and for nothing else: an order number of 16 digits is no card. Looked through are fields of `kind: text` (of partials
 * and of the originator), the messages and stacks of errors, what `message` said, and what problems quote. It happens when an event is sealed, after enrichers and before
 * `handling`, on our own copy; an event that sampling drops is not looked through. Fields that are hashed, masked or dropped are left to that.
 *
 *     const wevt = createWevt({ redaction: redaction() });
 *
 * Text beyond `maxScannedUnits` of one event is not looked through but cut, which is a problem of kind `limit`: what nobody has looked at does not leave.
 */
import type { FieldRule, ObjectRule } from "../contract.js";
import { type EventState, keepProblem } from "../event.js";
import { variantRule } from "../handling.js";
import { maxScannedUnits, maxShownLength } from "../limits.js";
import { type Guards, hasMethods, readList, readOption, usableOptions } from "../options.js";
import { clip, isPlainObject, type Plain, type PlainObject, put } from "../plain.js";
import { layoutOf, type Slot } from "../slots.js";
import { ruleOf } from "../rules.js";
import type { ErrorRecord } from "../types.js";
import type { TextRedaction } from "./feature.js";
import { warnOnce } from "../problems.js";
import { type PatternName, type TextPattern, textPatterns } from "./patterns.js";

export { type PatternName, type TextPattern, textPatterns } from "./patterns.js";
export type { TextRedaction } from "./feature.js";

export interface RedactionOptions {
  /** Which of the patterns that ship are looked for. Default: all of them. */
  readonly patterns?: readonly PatternName[];
  /** Patterns of one's own, looked for first. They have to be linear: nobody bounds them. */
  readonly custom?: readonly TextPattern[];
}

const guards: Guards<RedactionOptions> = { patterns: (value) => Array.isArray(value) && readList(value).every((name) => typeof name === "string" && Object.hasOwn(textPatterns, name)), custom: Array.isArray };
/** Patterns of somebody's own that are read. */
const maxCustom = 1_000;

/** The option `redaction` of `createWevt`. Patterns that cannot be used are left out and told on stderr. */
export function redaction(options: RedactionOptions = {}): TextRedaction {
  const { patterns, custom }: RedactionOptions = usableOptions("redaction", options, guards);
  const names = readList(patterns ?? Object.keys(textPatterns));
  const wanted = [...readPatterns(custom), ...Object.entries(textPatterns).flatMap(([name, pattern]) => (names.includes(name) ? [pattern] : []))];
  return { redact: (state) => redactEvent(state, wanted), text: (text) => redactText(text, wanted) };
}

/** Patterns of somebody's own, as they are now. */
function readPatterns(custom: unknown): readonly TextPattern[] {
  const read = readList(custom, maxCustom).map(readPattern);
  const wrong = read.flatMap((one, index) => (one === undefined ? [`custom[${index}]`] : []));
  if (wrong.length > 0) warnOnce(`wevt: constraint at redaction: cannot use ${clip(wrong.join(", "), maxShownLength)} as given: a pattern has a name and a pattern`);
  return read.flatMap((one) => one ?? []);
}

function readPattern(given: unknown): TextPattern | undefined {
  const [name, pattern, hint, accept] = ["name", "pattern", "hint", "accept"].map((key) => readOption(given, key));
  if (typeof name !== "string" || !isPattern(pattern)) return undefined;
  return { name, pattern, ...(typeof hint === "string" ? { hint } : {}), ...(isAccept(accept) ? { accept } : {}) };
}

function isPattern(value: unknown): value is RegExp {
  return hasMethods("exec")(value);
}

function isAccept(value: unknown): value is (found: string) => boolean {
  return typeof value === "function";
}

/** The text without what the patterns find; for text that is no field of an event. `***` where patterns fail: what nobody has looked at does not leave. */
export function redactText(text: string, patterns: readonly TextPattern[] = Object.values(textPatterns)): string {
  if (typeof text !== "string") return text;
  try {
    return redacted(text, patterns);
  } catch {
    return "***";
  }
}

function redacted(text: string, patterns: readonly TextPattern[]): string {
  return patterns.reduce((rest, one) => (one.hint !== undefined && !rest.includes(one.hint) ? rest : replaced(rest, one)), text);
}

function replaced(text: string, { name, pattern, accept }: TextPattern): string {
  return text.replace(pattern, (found: string, kept: unknown) => (accept === undefined || accept(found) ? `${typeof kept === "string" ? kept : ""}[${name}]` : found));
}

type Scan = (text: string) => string;

function redactEvent(state: EventState, patterns: readonly TextPattern[]): void {
  let units = maxScannedUnits;
  let cut = false;
  const scan: Scan = (text) => {
    const seen = text.slice(0, units);
    cut ||= seen.length < text.length;
    units -= seen.length;
    return redactText(seen, patterns);
  };
  const { originator, error, messages } = state;
  if (originator.descriptor !== undefined) scanFields(originator.fields, originator.descriptor.rule, scan);
  for (const { descriptor, items } of state.partials) if (hasText(descriptor.rule)) for (const item of items) scanFields(item, descriptor.rule, scan);
  if (error !== undefined) state.error = { ...error, record: scannedError(error.record, scan) };
  for (const message of messages) for (const key of ["text", "args"]) if (message[key] !== undefined) message[key] = scanAll(message[key], scan);
  const problem = { problem: "limit", path: "redaction", message: `free text beyond ${maxScannedUnits} units was cut, since it was not looked through` } as const;
  if (cut) keepProblem(state, problem);
}

function scannedError(record: ErrorRecord, scan: Scan): ErrorRecord {
  return {
    ...record,
    message: scan(record.message),
    ...(record.stack === undefined ? {} : { stack: scan(record.stack) }),
    ...(record.causes === undefined ? {} : { causes: record.causes.map((cause) => ({ ...cause, message: scan(cause.message) })) }),
  };
}

/** Slots or an object, which are ours to change. */
function scanFields(fields: PlainObject | Slot[], rule: ObjectRule, scan: Scan): void {
  if (Array.isArray(fields)) {
    const { rules, below } = layoutOf(rule);
    for (let index = 0; index < fields.length; index++) {
      const value = fields[index];
      const field = rules[index];
      if (value === undefined || field === undefined) continue;
      if (below[index] !== undefined && field.object !== undefined && Array.isArray(value)) scanFields(value, field.object, scan);
      else if (isPlainValue(value)) fields[index] = scanValue(value, field, scan);
    }
    return;
  }
  for (const key of Object.keys(fields)) {
    const field = ruleOf(rule, key);
    const value = fields[key];
    if (field !== undefined && value !== undefined) put(fields, key, scanValue(value, field, scan));
  }
}

/** Named guard: slots have no lists of slots where their layout has none below. */
function isPlainValue(_value: Slot): _value is Plain {
  return true;
}

function scanValue(value: Plain, rule: FieldRule, scan: Scan): Plain {
  const { handling = "plain" } = rule;
  if (handling !== "plain" && !handling.startsWith("truncate")) return value;
  if (typeof value === "string") return rule.text === true ? scan(value) : value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item = value[index];
      const field = rule.prefix?.[index] ?? rule.items ?? (rule.text === true ? textRule : undefined);
      if (item !== undefined && field !== undefined) value[index] = scanValue(item, field, scan);
    }
  } else if (isPlainObject(value)) {
    const object = rule.object ?? variantRule(value, rule);
    if (object !== undefined) scanFields(value, object, scan);
  }
  return value;
}

const textRule: FieldRule = { text: true };

/** Every text at any depth. */
function scanAll(value: Plain, scan: Scan): Plain {
  if (typeof value === "string") return scan(value);
  if (Array.isArray(value)) return value.map((item) => scanAll(item, scan));
  if (!isPlainObject(value)) return value;
  const object: PlainObject = {};
  for (const [key, item] of Object.entries(value)) put(object, key, scanAll(item, scan));
  return object;
}

const known = new WeakMap<ObjectRule, boolean>();

/** Whether any field below is free text. */
function hasText(rule: ObjectRule): boolean {
  let found = known.get(rule);
  if (found === undefined) known.set(rule, (found = [...Object.values(rule.fields), ...(rule.patterns ?? []).map(([, field]) => field), ...(rule.rest === undefined ? [] : [rule.rest])].some(isText)));
  return found;
}

function isText({ text, object, items, prefix = [], variants }: FieldRule): boolean {
  const objects = [...(object === undefined ? [] : [object]), ...(variants?.cases.map(([, one]) => one) ?? [])];
  return text === true || (items !== undefined && isText(items)) || prefix.some(isText) || objects.some(hasText);
}
