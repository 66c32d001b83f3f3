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
import { maxHeaderNames, maxHeaderValues } from "./limits.js";
import { read } from "./read.js";

/** Units of one value that consists of bytes. */
const maxBytes = 65_536;

/** Names to look for, lower-case, and their lengths: most headers are told apart by that. */
export interface HeaderNames {
  readonly names: ReadonlySet<string>;
  readonly lengths: ReadonlySet<number>;
}

export function headerNames(list: Iterable<string>): HeaderNames {
  const names = new Set(list);
  return { names, lengths: new Set([...names].map((name) => name.length)) };
}

type Take = (name: unknown, value: unknown) => void;

/** The values of these names, several of one name joined with a comma, as HTTP has it. */
export function readHeaders(carrier: unknown, wanted: HeaderNames): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const take: Take = (name, value) => {
    if (typeof name !== "string" || !wanted.lengths.has(name.length)) return;
    const key = wanted.names.has(name) ? name : name.toLowerCase();
    if (!wanted.names.has(key)) return;
    const text = headerText(value);
    if (text === undefined) return;
    const before = found.get(key);
    found.set(key, before === undefined ? text : `${before}, ${text}`);
  };
  try {
    takeEntries(carrier, wanted, take);
  } catch {
    // What cannot be read further is not there.
  }
  return found;
}

function takeEntries(carrier: unknown, { names }: HeaderNames, take: Take): void {
  if (typeof carrier !== "object" || carrier === null) return;
  if (Array.isArray(carrier)) return takeListed(carrier, take);
  if (carrier instanceof Map) return takeMapped(carrier, take);
  const get = read(carrier, "get");
  if (typeof get === "function") {
    for (const name of names) take(name, gotten(carrier, get, name));
    return;
  }
  const keys = Object.keys(carrier);
  for (let index = 0; index < keys.length && index < maxHeaderNames; index++) take(keys[index], read(carrier, keys[index] ?? ""));
}

function takeMapped(map: ReadonlyMap<unknown, unknown>, take: Take): void {
  let count = 0;
  for (const [name, value] of map) {
    if (count++ === maxHeaderNames) break;
    take(name, value);
  }
}

function takeListed(list: readonly unknown[], take: Take): void {
  const first = list[0];
  if (Array.isArray(first)) for (const pair of list.slice(0, maxHeaderNames)) take(read(pair, "0"), read(pair, "1"));
  else if (typeof first === "object") for (const [name, value] of list.slice(0, maxHeaderNames).flatMap((one) => Object.entries(Object(one)))) take(name, value);
  else for (let index = 0; index + 1 < list.length && index < 2 * maxHeaderNames; index += 2) take(list[index], list[index + 1]);
}

/** `Headers` throws for what is no name of HTTP/1, such as `:authority`. */
function gotten(carrier: object, get: CallableFunction, name: string): unknown {
  try {
    return Reflect.apply(get, carrier, [name]);
  } catch {
    return undefined;
  }
}

function headerText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (value instanceof Uint8Array) return value.length > maxBytes ? undefined : new TextDecoder().decode(value);
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.slice(0, maxHeaderValues).map((one) => (typeof one === "string" ? one : (headerText(one) ?? ""))).join(", ");
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
