/** What `console.log(...)` would print, as one text: the placeholders `%s %d %i %f %j %o %O %c %%` of the console's first argument, then the rest with spaces. */
import { maxMessageArguments, maxMessageLength } from "../limits.js";
import { type Budget, look, newBudget, type Seen } from "../messages/look.js";
import { plainArgument } from "../messages/plain-argument.js";
import { general, print } from "../messages/print.js";
import { clip, type PlainObject } from "../plain.js";

export interface ConsoleText {
  /** Bounded and well-formed; newlines stay. */
  readonly text: string;
  /** What is no mere text, and what placeholders took, as plain JSON values: by position, counted from 1 after a first argument that is text. */
  readonly args: PlainObject;
}

interface Reading {
  readonly values: readonly unknown[];
  readonly budget: Budget;
  readonly args: PlainObject;
  next: number;
}

export function formatConsole(call: readonly unknown[], { stacks = true }: { readonly stacks?: boolean } = {}): ConsoleText {
  const [first, ...rest] = call;
  const template = typeof first === "string" ? first : undefined;
  const reading: Reading = { values: template === undefined ? call : rest, budget: newBudget(stacks), args: {}, next: 0 };
  const parts = template === undefined ? [] : [fill(template.slice(0, maxMessageLength + 1), reading)];
  let length = parts[0]?.length ?? 0;
  while (reading.next < reading.values.length && length <= maxMessageLength) {
    const text = inspect(take(reading, true));
    parts.push(text);
    length += text.length + 1;
  }
  return { text: clip(parts.join(" "), maxMessageLength), args: reading.args };
}

/** A placeholder without an argument stays as it is. */
function fill(template: string, reading: Reading): string {
  return template.replace(/%([sdifjoOc%])/g, (placeholder, verb: string) => {
    if (verb === "%") return reading.values.length === 0 ? placeholder : "%";
    return reading.next < reading.values.length ? convert(take(reading, false), verb) : placeholder;
  });
}

/** Each value is read once. */
function take(reading: Reading, appended: boolean): Seen {
  const position = reading.next++;
  const value = look(reading.values[position], reading.budget);
  const plain = position < maxMessageArguments && !(appended && typeof value === "string") ? plainArgument(value) : undefined;
  if (plain !== undefined) reading.args[position + 1] = plain;
  return value;
}

function convert(value: Seen, verb: string): string {
  switch (verb) {
    case "d":
      return typeof value === "bigint" ? `${value}n` : String(numberOf(value));
    case "i":
      return typeof value === "bigint" ? `${value}n` : String(Number.parseInt(plainText(value), 10));
    case "f":
      return String(Number.parseFloat(plainText(value)));
    case "j":
      return JSON.stringify(plainArgument(value)) ?? "undefined";
    case "c":
      return "";
    case "s":
      return typeof value === "object" || typeof value === "bigint" ? inspect(value) : String(value);
    default:
      return typeof value === "string" ? print(value, { ...general, bare: false, source: true }, ignore) : inspect(value);
  }
}

function numberOf(value: Seen): number {
  if (typeof value !== "object" || value === null) return Number(value);
  return value.kind === "text" && value.value ? Number(value.text) : Number.NaN;
}

function plainText(value: Seen): string {
  return typeof value === "object" ? Number.NaN.toString() : String(value);
}

/** Text as it is, errors as `Type: message` with their causes, all else in JavaScript's syntax. */
function inspect(value: Seen): string {
  if (typeof value === "string") return value;
  const described = typeof value === "object" && value !== null && (value.kind === "error" || value.kind === "text");
  return print(value, described ? { ...general, bare: false, detailed: true } : { ...general, bare: false, source: true }, ignore);
}

function ignore(): void {}
