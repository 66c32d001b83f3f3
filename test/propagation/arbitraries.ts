/** Random identifiers and contexts. */
import fc from "fast-check";
import { formatBaggage } from "../../src/propagation/index.js";
import type { TraceContext } from "../../src/runtime/trace-context.js";

const hex = (length: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length }).filter((text) => /[1-9a-f]/.test(text));

export const traceIds = hex(32);
export const spanIds = hex(16);

const key = fc.tuple(fc.constantFrom(..."abcxyz019"), fc.string({ unit: fc.constantFrom(..."abcxyz019_-*/@"), maxLength: 20 })).map((parts) => parts.join("")).filter((text) => text !== "wevt");
const value = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)).filter((one) => one !== "," && one !== "="), maxLength: 20 }).map((text) => `${text}!`);

/** Members of others that fit beside ours, no key twice. */
export const states = fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, minLength: 1, maxLength: 4 }).map((members) => members.map((member) => member.join("=")).join(","));

/** Types of originators as text of any script. */
export const types = fc.oneof(fc.constantFrom("http", "cron", "agent"), fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 })).filter((text) => !/\p{Cc}/u.test(text) && text.length <= 40);

const baggage = fc.dictionary(fc.stringMatching(/^[a-z]{1,10}$/), fc.string({ unit: "grapheme", maxLength: 20 }), { minKeys: 1, maxKeys: 4 }).map((entries) => formatBaggage(Object.entries(entries).map(([name, text]) => ({ key: name, value: text }))) ?? "a=b");

export const contexts: fc.Arbitrary<TraceContext> = fc.record(
  { traceId: traceIds, spanId: spanIds, sampled: fc.boolean(), random: fc.constant(true), root: fc.record({ type: types, spanId: spanIds.map((id) => `span_${id}`) }), state: states, baggage },
  { requiredKeys: ["traceId", "spanId", "sampled"] },
);
