/**
 * Headers and attributes in every form in which platforms and message systems hold them, read by lower-case name and copied with others in their place:
 *
 * | form | of |
 * | --- | --- |
 * | object with `get` | `Headers`, metadata of gRPC, headers of NATS (only read) |
 * | Map | |
 * | `[name, value, name, value]`, `[[name, value]]` | `rawHeaders`, header lists |
 * | `[{ name: value }]` | headers of a Kafka message in some clients |
 * | record | Node's `headers`, attributes of Pub/Sub, RabbitMQ, Kafka and SQS messages, a worker message |
 *
 * A value is text, a list, bytes, or an object with `StringValue` or `stringValue` (SQS).
 */
import { read } from "./read.js";

/** Names, of more only the first are read: a flood of headers costs no more. */
const maxNames = 4_000;
/** Values of one name. */
const maxValues = 100;
/** Units of one value that consists of bytes. */
const maxBytes = 65_536;

type Entry = readonly [name: unknown, value: unknown];

/** The values of these names (lower-case), several of one name joined with a comma, as HTTP has it. */
export function readHeaders(carrier: unknown, names: ReadonlySet<string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  try {
    const lengths = new Set([...names].map((name) => name.length));
    for (const [name, value] of entriesOf(carrier, names)) {
      if (typeof name !== "string" || !lengths.has(name.length)) continue;
      const key = name.toLowerCase();
      const text = names.has(key) ? headerText(value) : undefined;
      if (text !== undefined) found.set(key, found.has(key) ? `${found.get(key)}, ${text}` : text);
    }
  } catch {
    // What cannot be read further is not there.
  }
  return found;
}

function entriesOf(carrier: unknown, names: ReadonlySet<string>): readonly Entry[] {
  if (typeof carrier !== "object" || carrier === null) return [];
  if (Array.isArray(carrier)) return listEntries(carrier);
  if (carrier instanceof Map) return firstOf(carrier);
  const get = read(carrier, "get");
  if (typeof get === "function") return [...names].map((name) => [name, gotten(carrier, get, name)]);
  const keys = Object.keys(carrier);
  if (keys.length > maxNames) keys.length = maxNames;
  return keys.map((key) => [key, read(carrier, key)]);
}

/** `Headers` throws for what is no name of HTTP/1, such as `:authority`. */
function gotten(carrier: object, get: CallableFunction, name: string): unknown {
  try {
    return Reflect.apply(get, carrier, [name]);
  } catch {
    return undefined;
  }
}

function firstOf(map: ReadonlyMap<unknown, unknown>): readonly Entry[] {
  const entries: Entry[] = [];
  for (const entry of map) {
    if (entries.push(entry) === maxNames) break;
  }
  return entries;
}

function listEntries(list: readonly unknown[]): readonly Entry[] {
  const first = list[0];
  if (Array.isArray(first)) return list.slice(0, maxNames).map((pair) => [read(pair, "0"), read(pair, "1")]);
  if (typeof first === "object") return list.slice(0, maxNames).flatMap((one) => Object.entries(Object(one)));
  const entries: Entry[] = [];
  for (let index = 0; index + 1 < list.length && entries.length < maxNames; index += 2) entries.push([list[index], list[index + 1]]);
  return entries;
}

function headerText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (value instanceof Uint8Array) return value.length > maxBytes ? undefined : new TextDecoder().decode(value);
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.slice(0, maxValues).map((one) => (typeof one === "string" ? one : (headerText(one) ?? ""))).join(", ");
  const text = read(value, "StringValue") ?? read(value, "stringValue");
  return typeof text === "string" ? text : undefined;
}

/** How a header's text stands in the copy. */
export type ValueOf = (text: string) => unknown;

/** A copy of the same form with these headers (lower-case names), and without others of these names in any case. Undefined when it is no carrier. */
export function withHeaders(carrier: unknown, headers: ReadonlyMap<string, string>, { remove, valueOf }: { readonly remove: ReadonlySet<string>; readonly valueOf: ValueOf }): object | undefined {
  if (typeof carrier !== "object" || carrier === null) return undefined;
  const stays = (name: unknown): boolean => typeof name !== "string" || !remove.has(name.toLowerCase());
  const added = [...headers].map(([name, text]): readonly [string, unknown] => [name, valueOf(text)]);
  if (Array.isArray(carrier)) return withListed(carrier, added, stays);
  if (carrier instanceof Map) return new Map([...[...carrier].filter(([name]) => stays(name)), ...added]);
  if (typeof read(carrier, "get") === "function") return withSet(carrier, headers, remove);
  return Object.defineProperties({}, Object.fromEntries([...Object.entries(carrier).filter(([name]) => stays(name)), ...added].map(([key, value]) => [key, { value, enumerable: true, configurable: true, writable: true }])));
}

function withListed(list: readonly unknown[], added: readonly (readonly [string, unknown])[], stays: (name: unknown) => boolean): readonly unknown[] {
  const first = list[0];
  if (Array.isArray(first)) return [...list.filter((pair) => stays(read(pair, "0"))), ...added.map((pair) => [...pair])];
  if (typeof first === "object") return [...list.filter((one) => Object.keys(Object(one)).every(stays)), ...added.map((pair) => Object.fromEntries([pair]))];
  const flat: unknown[] = [];
  for (let index = 0; index + 1 < list.length; index += 2) if (stays(list[index])) flat.push(list[index], list[index + 1]);
  return [...flat, ...added.flat()];
}

/** `Headers`, of whichever maker, and what knows how to clone itself (metadata of gRPC). Of others nobody knows how a copy is made. */
function withSet(carrier: object, headers: ReadonlyMap<string, string>, remove: ReadonlySet<string>): object | undefined {
  const [clone, constructor] = [read(carrier, "clone"), read(carrier, "constructor")];
  const isHeaders = Object.prototype.toString.call(carrier) === "[object Headers]";
  const copy: unknown = typeof clone === "function" ? Reflect.apply(clone, carrier, []) : isHeaders && typeof constructor === "function" ? Reflect.construct(constructor, [carrier]) : undefined;
  const [set, discard] = [read(copy, "set"), read(copy, "delete") ?? read(copy, "remove")];
  if (typeof copy !== "object" || copy === null || copy === carrier || typeof set !== "function" || typeof discard !== "function") return undefined;
  for (const name of remove) Reflect.apply(discard, copy, [name]);
  for (const [name, text] of headers) Reflect.apply(set, copy, [name, text]);
  return copy;
}
