/**
 * Messages in the language of Go's fmt, with names for arguments: `formatMessage("Hello %{name}s!", ["Luke"])` has the text `Hello Luke!` and the argument
 * `name`. A pure function that never throws, whatever it is given; wrong use shows in the text, as in Go:
 *
 * | wrong | text |
 * | --- | --- |
 * | a verb that is not for the value | `%!d(string=hi)` |
 * | no argument left | `%!d(MISSING)` |
 * | arguments without placeholder | `%!(EXTRA int=1)` |
 * | no verb | `%!(NOVERB)` |
 * | `[n]` without such an argument | `%!d(BADINDEX)` |
 * | `*` that is no integer | `%!(BADWIDTH)`, `%!(BADPREC)` |
 * | `toString` throws | `%!v(PANIC=String method: …)` |
 *
 * How JavaScript's values fit Go's verbs:
 *
 * | value | verbs | `%v` | `%+v` | `%#v` |
 * | --- | --- | --- | --- | --- |
 * | integer | `%d %b %o %O %x %X %c %q %U`, and those of floats | `5` | | `5` |
 * | other number | `%f %F %e %E %g %G %b %x %X` | as JavaScript writes it | | the same |
 * | bigint | those of integers | `5` | | `5n` |
 * | string | `%s %q %x %X` | `a` | | `"a"` |
 * | boolean | `%t` | `true` | | `true` |
 * | null, undefined | | `<nil>`, `<undefined>` | | `null`, `undefined` |
 * | Date | as a string: ISO 8601 | `2026-01-02T03:04:05.000Z` | | `Date("…")` |
 * | Error | as a string: its message | `boom` | `TypeError: boom, caused by Error: why` | `TypeError("boom")` |
 * | its own `toString` | as a string | `text` | | `URL("text")` |
 * | Uint8Array | as a string, or as an array | `[1 2]` | `Uint8Array[1 2]` | `Uint8Array[1, 2]` |
 * | array | item by item | `[1 a]` | | `[1, "a"]` |
 * | object | field by field | `{x:1 y:2}` | `Point{x:1 y:2}` | `Point{x: 1, y: 2}` |
 * | Map | value by value | `map[a:1]` | | `Map{a: 1}` |
 *
 * `%T` is the type, for any value. There are no addresses: `%p` is always wrong.
 */
import { maxMessageArguments, maxMessageLength, maxMessageProblems } from "../limits.js";
import { readOption } from "../options.js";
import { clip, type PlainObject, put } from "../plain.js";
import { type Budget, isLiteral, look, newBudget, type Seen } from "./look.js";
import { plainArgument, plainFields } from "./plain-argument.js";
import { general, print, printBare, printTyped } from "./print.js";
import { capped, type Layout, type Placeholder, type Taking, type Template, templateOf } from "./template.js";

export interface FormattedMessage {
  /** At most `maxMessageLength` units, and well-formed. */
  readonly text: string;
  /**
   * The arguments as plain JSON values: by name, those without one by position, counted from 1 as `%[1]d` counts. The fields of an object literal that
   * ends the arguments and has no placeholder are arguments too. What JSON cannot say, and what `*` takes, is not among them.
   */
  readonly args: PlainObject;
  /** What is wrong with the call, in words that hold no values. */
  readonly problems: readonly string[];
}

/** One call of `formatMessage`. */
interface Formatting {
  readonly args: readonly unknown[];
  /** Objects among the arguments that were read, by position. */
  seen: Map<number, Seen> | undefined;
  /** The positions that names stand for; absent where the template repeats no name. */
  readonly named: Map<string, number> | undefined;
  readonly plain: PlainObject;
  readonly budget: Budget;
  readonly problems: string[];
  next: number;
  /** True when a placeholder took the last argument. */
  tookLast: boolean;
}

/** A template that is no text is the first argument of `%v`. `stacks: false` keeps the stacks of errors out of the arguments. */
export function formatMessage(template: unknown, args: readonly unknown[] = [], options: { readonly stacks?: boolean } = {}): FormattedMessage {
  try {
    const stacks = readOption(options, "stacks") !== false;
    if (typeof template !== "string") return format("%v", [template, ...args], stacks);
    if (args.length === 0 && !template.includes("%")) return { text: clip(template, maxMessageLength), args: {}, problems: [] };
    return format(template, args, stacks);
  } catch {
    return { text: typeof template === "string" ? clip(template, maxMessageLength) : "", args: {}, problems: ["the message could not be formatted: its arguments cannot be read"] };
  }
}

function format(text: string, args: readonly unknown[], stacks: boolean): FormattedMessage {
  const template = templateOf(text.length > maxMessageLength ? `${text.slice(0, maxMessageLength)}…` : text);
  const formatting: Formatting = { args, seen: undefined, named: template.repeated ? new Map() : undefined, plain: {}, budget: newBudget(stacks), problems: [], next: 0, tookLast: false };
  let written = "";
  for (const part of template.parts) {
    written += typeof part === "string" ? part : writePlaceholder(part, formatting);
    if (written.length > maxMessageLength) break;
  }
  if (template.unfinished) problem(formatting, "the template ends within a placeholder: write %% for a percent sign");
  written += writeRest(template, formatting, written.length);
  if (formatting.budget.cut || written.length > maxMessageLength) problem(formatting, "more than a message holds was cut: put large values into fields of the event");
  return { text: clip(written, maxMessageLength), args: formatting.plain, problems: formatting.problems };
}

function problem({ problems }: Formatting, text: string): void {
  if (problems.length < maxMessageProblems) problems.push(text);
}

function writePlaceholder({ layout, name, taking }: Placeholder, formatting: Formatting): string {
  let prefix = "";
  let actual = layout;
  if (taking !== undefined) {
    const taken = take(taking, layout, formatting);
    prefix = taken.prefix;
    actual = taken.layout;
    if (actual.verb !== "%" && taken.bad) {
      problem(formatting, `%${nameOf(name)}${layout.verb}: [n] names no argument, or stands in the wrong place: arguments count from 1, and [n] stands before the verb`);
      return `${prefix}%!${layout.verb}(BADINDEX)`;
    }
  }
  if (actual.verb === "%") return `${prefix}%`;
  const position = formatting.next;
  if (position >= formatting.args.length) {
    problem(formatting, `%${nameOf(name)}${layout.verb} has no argument: pass one more`);
    return `${prefix}%!${layout.verb}(MISSING)`;
  }
  formatting.next++;
  const value = seenAt(position, formatting);
  keep(position, { name, value }, formatting);
  const bare = printBare(value, actual);
  if (bare !== undefined) return prefix + bare;
  return prefix + print(value, actual, (verb, type) => problem(formatting, `%${nameOf(name)}${verb} is not for ${type} (argument ${position + 1}): use %v, or pass another type`));
}

function nameOf(name: string | undefined): string {
  return name === undefined ? "" : `{${clip(name, 100)}}`;
}

/** Goes through `[n]` and `*` from left to right. */
function take(taking: Taking, layout: Layout, formatting: Formatting): { readonly prefix: string; readonly layout: Layout; readonly bad: boolean } {
  let prefix = "";
  let bad = taking.malformed;
  let { width, precision, minus, zero } = layout;
  const jump = (position: number | undefined): void => {
    if (position === undefined) return;
    if (position >= 0 && position < formatting.args.length) formatting.next = position;
    else bad = true;
  };
  jump(taking.first);
  if (taking.widthTaken) {
    const taken = takeInteger(formatting);
    if (taken === undefined) prefix += "%!(BADWIDTH)";
    else if (taken < 0) [minus, zero] = [true, false];
    width = taken === undefined ? undefined : capped(Math.abs(taken));
  }
  jump(taking.second);
  if (taking.precisionTaken) {
    const taken = takeInteger(formatting);
    if (taken === undefined || taken < 0) prefix += "%!(BADPREC)";
    precision = taken === undefined || taken < 0 ? undefined : capped(taken);
  }
  jump(taking.third);
  if (prefix !== "") problem(formatting, `%${layout.verb}: * takes an integer from the arguments, and found none`);
  return { prefix, layout: { ...layout, width, precision, minus, zero, bare: false }, bad };
}

function takeInteger(formatting: Formatting): number | undefined {
  const position = formatting.next;
  if (position >= formatting.args.length) return undefined;
  formatting.next++;
  const value = seenAt(position, formatting);
  const number = typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && Math.abs(number) <= 1e6 ? number : undefined;
}

/** Each argument is read once. */
function seenAt(position: number, formatting: Formatting): Seen {
  const { args, budget } = formatting;
  if (position === args.length - 1) formatting.tookLast = true;
  if (formatting.seen?.has(position)) return formatting.seen.get(position);
  const value = look(args[position], budget);
  if (typeof value === "object") (formatting.seen ??= new Map()).set(position, value);
  return value;
}

function keep(position: number, { name, value }: { readonly name?: string | undefined; readonly value: Seen }, { plain, named }: Formatting): void {
  const copy = position < maxMessageArguments ? plainArgument(value) : undefined;
  if (copy !== undefined) put(plain, keyOf(position, name, named), copy);
}

/** Its name; where that stands for another argument already, or there is none, its position. */
function keyOf(position: number, name: string | undefined, named: Map<string, number> | undefined): string {
  if (name === undefined) return String(position + 1);
  const owner = named?.get(name) ?? position;
  named?.set(name, owner);
  return owner === position ? name : String(position + 1);
}

/** What no placeholder took: fields, and wrong use. */
function writeRest(template: Template, formatting: Formatting, length: number): string {
  const { args, budget, plain } = formatting;
  let end = args.length;
  if (end > 0 && !formatting.tookLast && isLiteral(args[end - 1])) {
    const fields = look(args[--end], budget);
    if (typeof fields === "object" && fields !== null && fields.kind === "fields") plainFields(fields.fields, plain);
  }
  if (template.reordered || formatting.next >= end) return "";
  problem(formatting, `${end - formatting.next} more arguments than placeholders: name each in the template, such as %{name}v`);
  let extra = "";
  for (let position = formatting.next; position < end && length + extra.length <= maxMessageLength; position++) {
    const value = seenAt(position, formatting);
    keep(position, { value }, formatting);
    extra += `${extra === "" ? "" : ", "}${printTyped(value, general, () => {})}`;
  }
  return `%!(EXTRA ${extra})`;
}
