/** An error as it stands on a record. Anything can be thrown, and reading it can throw again. */
import { maxCauses, maxErrorMessageLength, maxStackLength } from "./limits.js";
import { clip } from "./plain.js";
import type { ErrorRecord, Outcome } from "./types.js";

export interface ErrorDetails {
  /** Static name of the place that raised the error. */
  readonly slug?: string | undefined;
  /** True when the error is part of normal operation. */
  readonly expected?: boolean | undefined;
}

type Cause = NonNullable<ErrorRecord["causes"]>[number];

/** Told when something had no room. */
type Cut = () => void;

export function errorRecord(error: unknown, details: ErrorDetails, { stacks, cut = () => {} }: { readonly stacks: boolean; readonly cut?: Cut }): ErrorRecord {
  const stack = stacks ? text(read(error, "stack"), maxStackLength, cut) : undefined;
  const causes = causesOf(error, cut);
  const { slug, expected } = detailsOf(error, details, cut);
  return {
    ...describe(error, cut),
    ...(slug === undefined ? {} : { slug }),
    ...(expected === undefined ? {} : { expected }),
    ...(slug === undefined && expected !== true ? { unforeseen: true } : {}),
    ...(stack === undefined ? {} : { stack }),
    ...(causes.length === 0 ? {} : { causes }),
  };
}

/** What was said of error objects: every event that records one says the same of it. */
const said = new WeakMap<object, ErrorDetails>();

/** What is said now, and what was said before of the same object and not taken back since. */
function detailsOf(error: unknown, details: ErrorDetails, cut: Cut): ErrorDetails {
  const before = isAnyObject(error) ? said.get(error) : undefined;
  const slug = text(read(details, "slug"), 200, cut) ?? before?.slug;
  const given = read(details, "expected");
  const expected = typeof given === "boolean" ? given : before?.expected;
  const all = { slug, expected };
  if (isAnyObject(error) && (slug ?? expected) !== undefined) said.set(error, all);
  return all;
}

/** How a unit of work ended that threw this. */
export function outcomeOf(error: unknown): Outcome {
  const name = read(error, "name");
  if (name === "AbortError") return "aborted";
  return name === "TimeoutError" ? "timeout" : "error";
}

function describe(error: unknown, cut: Cut): Cause {
  const code = read(error, "code");
  return {
    type: typeOf(error),
    message: messageOf(error, cut),
    ...(typeof code === "string" ? { code: clip(code, 200) } : typeof code === "number" && Number.isFinite(code) ? { code } : {}),
  };
}

function typeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return error === null ? "null" : typeof error;
  const name = text(read(error, "name"), 200);
  const ofClass = text(read(read(error, "constructor"), "name"), 200);
  return (saysItsName(error) ? (name ?? ofClass) : (ofClass ?? name)) ?? "object";
}

/** False for `class CardDeclined extends Error {}`: the name that it has is its parent's. */
function saysItsName(error: object): boolean {
  try {
    const ofClass: unknown = Object.getPrototypeOf(error);
    return Object.hasOwn(error, "name") || (typeof ofClass === "object" && ofClass !== null && Object.hasOwn(ofClass, "name"));
  } catch {
    return true;
  }
}

function messageOf(error: unknown, cut: Cut): string {
  if (error === null || (typeof error !== "object" && typeof error !== "function")) return text(String(error), maxErrorMessageLength, cut) ?? "";
  return text(read(error, "message") || read(error, "error"), maxErrorMessageLength, cut) ?? shapeOf(error);
}

/** Keys whose values say what went wrong, where they are numbers or short codes. */
const codes = ["status", "statusCode", "code", "errno", "type", "kind", "ok"];
const maxShape = 150;

/** Of what has no message: `{ status: 404, user }`. Values of other keys stay out, since nobody has said what they are, and so do keys that may be data. */
function shapeOf(error: object): string {
  try {
    const keys = Array.isArray(error) || ArrayBuffer.isView(error) ? codes : [...new Set([...codes, ...Object.keys(error)])];
    const shown = keys.flatMap((key) => {
      const value = codes.includes(key) ? read(error, key) : error;
      if (value === undefined || !/^[a-z_]\w{0,39}$/i.test(key)) return [];
      return Object(value) !== value && /^[\w.-]{1,40}$/.test(`${value}`) ? `${key}: ${value}` : key;
    });
    return shown.length === 0 ? "" : `{ ${clip(shown.join(", "), maxShape)} }`;
  } catch {
    return "";
  }
}

/** The chain of `cause`, and the members of an AggregateError, nearest first. */
function causesOf(error: unknown, cut: Cut): readonly Cause[] {
  const seen = new Set<unknown>([error]);
  const causes: Cause[] = [];
  const waiting: unknown[] = [...inner(error)];
  while (waiting.length > 0 && causes.length < maxCauses) {
    const cause = waiting.shift();
    if (seen.has(cause)) continue;
    seen.add(cause);
    causes.push(describe(cause, cut));
    waiting.push(...inner(cause));
  }
  if (waiting.some((cause) => !seen.has(cause))) cut();
  return causes;
}

/** True for an answer that is made of a failure (`new HttpError(402)`): what is thrown brings a status below the bound. */
export function isAnswer(thrown: unknown, below: number): boolean {
  return ["status", "statusCode"].some((key) => {
    const status = read(thrown, key);
    return typeof status === "number" && status < below;
  });
}

/** True where one of the errors led to the other, or they are the same. */
export function isSameFailure(left: unknown, right: unknown): boolean {
  return left === right || leadsTo(left, right) || leadsTo(right, left);
}

function leadsTo(cause: unknown, error: unknown): boolean {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [error];
  while (waiting.length > 0 && seen.size < maxCauses) {
    const one = waiting.shift();
    if (one === cause) return true;
    if (seen.has(one)) continue;
    seen.add(one);
    waiting.push(...inner(one));
  }
  return false;
}

function inner(error: unknown): readonly unknown[] {
  const cause = read(error, "cause");
  const errors = read(error, "errors");
  try {
    return [...(cause === undefined || cause === null ? [] : [cause]), ...(Array.isArray(errors) ? errors.slice(0, maxCauses + 1) : [])];
  } catch {
    return [];
  }
}

function text(value: unknown, max: number, cut: Cut = () => {}): string | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  if (value.length > max) cut();
  return clip(value, max);
}

export function isAnyObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function read(value: unknown, key: string): unknown {
  if (!isAnyObject(value)) return undefined;
  try {
    return Reflect.get(value, key);
  } catch {
    return undefined;
  }
}
