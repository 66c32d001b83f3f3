/** Values as text, by verb. A verb that is not for a value shows as `%!verb(type=value)`, as in Go. */
import { clip } from "../plain.js";
import type { Composite, Seen } from "./look.js";
import { pad, printNumber } from "./numbers.js";
import { backquoted, quote } from "./quote.js";
import type { Layout } from "./template.js";

/** Told of each value that its verb is not for. */
export type ReportWrong = (verb: string, type: string) => void;

/** The value in its default form. */
export const general: Layout = { verb: "v", minus: false, plus: false, sharp: false, space: false, zero: false, detailed: false, source: false, width: undefined, precision: undefined, bare: true };

/** The frequent cases: text by `%s`, an integer by `%d`, either by `%v`. Undefined for all others. */
export function printBare(value: Seen, { bare, verb }: Layout): string | undefined {
  if (!bare) return undefined;
  if (typeof value === "string") return verb === "s" || verb === "v" ? value : undefined;
  return Number.isSafeInteger(value) && (verb === "d" || verb === "v") ? String(value) : undefined;
}

export function print(value: Seen, layout: Layout, wrong: ReportWrong): string {
  if (layout.verb === "T") return printText(typeOf(value), { ...layout, verb: "s" }) ?? "";
  if (typeof value === "object" && value !== null) return printComposite(value, layout, wrong);
  return printScalar(value, layout) ?? printWrong(value, layout, wrong);
}

/** Go's names for what Go has, JavaScript's for all else. */
export function typeOf(value: Seen): string {
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? "int" : "float64";
    case "boolean":
      return "bool";
    case "object":
      return value === null ? "<nil>" : value.type;
    case "undefined":
      return "<undefined>";
    default:
      return typeof value;
  }
}

/** `type=value`, as wrong use is shown. */
export function printTyped(value: Seen, layout: Layout, wrong: ReportWrong): string {
  return value === null || value === undefined ? typeOf(value) : `${typeOf(value)}=${print(value, layout, wrong)}`;
}

function printWrong(value: Seen, layout: Layout, wrong: ReportWrong): string {
  wrong(layout.verb, typeOf(value));
  return `%!${layout.verb}(${printTyped(value, { ...layout, verb: "v" }, wrong)})`;
}

function printScalar(value: Exclude<Seen, Composite>, layout: Layout): string | undefined {
  switch (typeof value) {
    case "string":
      return printText(value, layout);
    case "number":
    case "bigint":
      return printNumber(value, layout);
    case "boolean":
      return layout.verb === "t" || layout.verb === "v" ? pad(String(value), layout) : undefined;
    default:
      return layout.verb === "v" ? pad(layout.source ? String(value) : typeOf(value), layout) : undefined;
  }
}

/** Text by a verb for text; undefined for other verbs. */
function printText(text: string, layout: Layout): string | undefined {
  switch (layout.verb) {
    case "v":
      return pad(layout.source ? printQuoted(text, layout) : truncated(text, layout), layout);
    case "s":
      return pad(truncated(text, layout), layout);
    case "q":
      return pad(printQuoted(text, layout), layout);
    case "x":
    case "X":
      return printHex(new TextEncoder().encode(text), layout);
    default:
      return undefined;
  }
}

function printQuoted(text: string, layout: Layout): string {
  const short = truncated(text, layout);
  return (layout.sharp ? backquoted(short) : undefined) ?? quote(short, { mark: '"', ascii: layout.plus });
}

/** The first code points, as many as the precision says. */
function truncated(text: string, { precision }: Layout): string {
  return precision === undefined || text.length <= precision ? text : [...text].slice(0, precision).join("");
}

function printHex(all: Uint8Array, layout: Layout): string {
  const { sharp, space, verb } = layout;
  const bytes = layout.precision === undefined ? all : all.subarray(0, layout.precision);
  const prefix = sharp ? `0${verb}` : "";
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).map((pair) => (verb === "X" ? pair.toUpperCase() : pair));
  return pad(digits.length === 0 ? "" : prefix + digits.join(space ? ` ${prefix}` : ""), layout);
}

function printComposite(value: Composite, layout: Layout, wrong: ReportWrong): string {
  switch (value.kind) {
    case "text":
      if (layout.source) return pad(value.value ? `${value.type}(${quote(value.text, { mark: '"', ascii: false })})` : value.text, layout);
      return printText(value.text, layout) ?? printWrong(value, layout, wrong);
    case "error":
      if (layout.source) return pad(`${value.type}(${quote(value.message, { mark: '"', ascii: false })})`, layout);
      return printText(layout.detailed ? [value, ...value.causes].map(errorText).join(", caused by ") : value.message || value.type, layout) ?? printWrong(value, layout, wrong);
    case "panic":
      wrong(layout.verb, value.type);
      return `%!${layout.verb}(PANIC=${value.text})`;
    case "bytes":
      return printBytes(value, layout, wrong);
    case "list":
      return printList(value.items.map((item) => print(item, layout, wrong)), value.type, layout);
    case "fields":
      return printFields(value, layout, wrong);
    default:
      return unknown(value);
  }
}

function unknown(value: never): string {
  return String(value);
}

function errorText({ type, message }: { readonly type: string; readonly message: string }): string {
  return message === "" ? type : `${type}: ${message}`;
}

function printBytes({ bytes, type }: Extract<Composite, { kind: "bytes" }>, layout: Layout, wrong: ReportWrong): string {
  if (layout.verb === "x" || layout.verb === "X") return printHex(bytes, layout);
  if (layout.verb === "s" || layout.verb === "q") return printText(new TextDecoder().decode(bytes), layout) ?? "";
  return printList(Array.from(bytes, (byte) => print(byte, layout, wrong)), type, layout);
}

/** `[1 2]`, `[1, 2]`, `Set[1, 2]`. */
function printList(items: readonly string[], type: string, { source, detailed }: Layout): string {
  return `${(source || detailed) && type !== "Array" ? type : ""}[${items.join(source ? ", " : " ")}]`;
}

/** `{a:1 b:2}`, `{a: 1, b: 2}`, `Point{x: 1}`; Maps `map[a:1 b:2]`. */
function printFields({ fields, type }: Extract<Composite, { kind: "fields" }>, layout: Layout, wrong: ReportWrong): string {
  const { source, detailed } = layout;
  const entries = fields.map(([key, value]) => `${source ? sourceKey(key) : key}:${source ? " " : ""}${print(value, layout, wrong)}`).join(source ? ", " : " ");
  if (type === "Map" && !source) return `map[${entries}]`;
  return `${(source || detailed) && type !== "object" ? clip(type, 100) : ""}{${entries}}`;
}

function sourceKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key, { mark: '"', ascii: false });
}
