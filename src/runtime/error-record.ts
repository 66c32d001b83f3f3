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

export function errorRecord(error: unknown, details: ErrorDetails, stacks: boolean): ErrorRecord {
  const stack = stacks ? text(read(error, "stack"), maxStackLength) : undefined;
  const causes = causesOf(error);
  const slug = text(read(details, "slug"), 200);
  const expected = read(details, "expected");
  return {
    ...describe(error),
    ...(slug === undefined ? {} : { slug }),
    ...(typeof expected === "boolean" ? { expected } : {}),
    ...(slug === undefined && expected !== true ? { unforeseen: true } : {}),
    ...(stack === undefined ? {} : { stack }),
    ...(causes.length === 0 ? {} : { causes }),
  };
}

/** How a unit of work ended that threw this. */
export function outcomeOf(error: unknown): Outcome {
  const name = read(error, "name");
  if (name === "AbortError") return "aborted";
  return name === "TimeoutError" ? "timeout" : "error";
}

function describe(error: unknown): Cause {
  const code = read(error, "code");
  return {
    type: typeOf(error),
    message: messageOf(error),
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

function messageOf(error: unknown): string {
  if (typeof error === "object" || typeof error === "function") return text(read(error, "message"), maxErrorMessageLength) ?? "";
  return clip(String(error), maxErrorMessageLength);
}

/** The chain of `cause`, and the members of an AggregateError, nearest first. */
function causesOf(error: unknown): readonly Cause[] {
  const seen = new Set<unknown>([error]);
  const causes: Cause[] = [];
  const waiting: unknown[] = [...inner(error)];
  while (waiting.length > 0 && causes.length < maxCauses) {
    const cause = waiting.shift();
    if (seen.has(cause)) continue;
    seen.add(cause);
    causes.push(describe(cause));
    waiting.push(...inner(cause));
  }
  return causes;
}

function inner(error: unknown): readonly unknown[] {
  const cause = read(error, "cause");
  const errors = read(error, "errors");
  try {
    return [...(cause === undefined || cause === null ? [] : [cause]), ...(Array.isArray(errors) ? errors.slice(0, maxCauses) : [])];
  } catch {
    return [];
  }
}

function text(value: unknown, max: number): string | undefined {
  return typeof value === "string" && value !== "" ? clip(value, max) : undefined;
}

function read(value: unknown, key: string): unknown {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  try {
    return Reflect.get(value, key);
  } catch {
    return undefined;
  }
}
