/** The flat layout of any schema, whatever its names and the values. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memory } from "../../src/collectors/memory.js";
import type { FieldRule, ObjectRule } from "../../src/runtime/contract.js";
import { flat } from "../../src/runtime/flat.js";
import { isPlainObject, own, type Plain, type PlainObject, put } from "../../src/runtime/plain.js";
import { originator, partial, registry } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const leaf: FieldRule = {};

/** No name of a schema holds a dot; everything else that a name could do to an object stands here. */
const names = fc.oneof(fc.constantFrom("a", "b", "c", "__proto__", "constructor", "toString", "hasOwnProperty", "odd-name", "_", "1", "type", "name"), fc.string({ maxLength: 3 }).filter((name) => !name.includes(".")));
const keys = fc.oneof(names, fc.constantFrom("a.b", "things.a", ".", "a.", ".b", "__proto__.a"));
const json: fc.Arbitrary<Plain> = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof({ maxDepth: 2 }, fc.constantFrom<Plain>(null, true, 0, 1.5, "", "a.b", "\ud800"), fc.array(tie("value"), { maxLength: 2 }), fc.dictionary(keys, tie("value"), { maxKeys: 3, noNullPrototype: true })),
})).value;

interface Kind {
  readonly rule: FieldRule;
  readonly value: fc.Arbitrary<Plain>;
}

function openOrNot(fields: { readonly [name: string]: FieldRule }, isOpen: boolean): ObjectRule {
  return isOpen ? { fields, rest: leaf } : { fields };
}

/** A rule, and values for it: right ones, ones of another type, and keys that it does not declare. */
const { kind } = fc.letrec<{ kind: Kind; object: Kind }>((tie) => ({
  kind: fc.oneof({ maxDepth: 3, depthIdentifier: "rule" }, fc.constant<Kind>({ rule: leaf, value: json }), tie("object"), tie("object").map(({ rule, value }) => ({ rule: { items: rule }, value: fc.array(value, { maxLength: 2 }) }))),
  object: fc.tuple(fc.dictionary(names, tie("kind"), { maxKeys: 4, noNullPrototype: true }), fc.boolean(), fc.boolean()).map(([kinds, isOpen, isVariant]) => {
    const rules: { [name: string]: FieldRule } = {};
    const values: { [name: string]: fc.Arbitrary<Plain> } = {};
    for (const [name, one] of Object.entries(kinds)) {
      put(rules, name, one.rule);
      put(values, name, one.value);
    }
    const object = openOrNot(rules, isOpen);
    const fields = fc.tuple(recordOf(values), isOpen ? fc.dictionary(keys, json, { maxKeys: 2, noNullPrototype: true }) : fc.constant({})).map(([declared, others]) => merged(others, declared));
    return { rule: isVariant && own(rules, "kind") === undefined ? { variants: { on: "kind", cases: [["one", { ...object, fields: { ...object.fields, kind: leaf } }]] } } : { object }, value: fc.oneof({ weight: 5, arbitrary: isVariant ? fields.map((one) => merged(one, { kind: "one" })) : fields }, { weight: 1, arbitrary: json }) };
  }),
}));

function recordOf(values: { readonly [name: string]: fc.Arbitrary<Plain> }): fc.Arbitrary<PlainObject> {
  const entries = Object.entries(values).map(([name, value]) => fc.option(value, { nil: undefined }).map((one) => [name, one] as const));
  return fc.tuple(...entries).map((pairs) => {
    const fields: PlainObject = {};
    for (const [name, value] of pairs) if (value !== undefined) put(fields, name, value);
    return fields;
  });
}

function merged(...objects: readonly PlainObject[]): PlainObject {
  const all: PlainObject = {};
  for (const one of objects) for (const [key, value] of Object.entries(one)) put(all, key, value);
  return all;
}

/** The nested layout again, of nothing but the keys: names hold no dots. */
function nestedAgain(record: { readonly [key: string]: unknown }): PlainObject {
  const nested: PlainObject = {};
  const entries: readonly [string, Plain][] = Object.entries(JSON.parse(JSON.stringify(record)));
  for (const [path, value] of entries) {
    let at = nested;
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    for (const step of steps) {
      const below = own(at, step);
      const next: PlainObject = isPlainObject(below) ? below : {};
      put(at, step, next);
      at = next;
    }
    const known = own(at, last);
    put(at, last, isPlainObject(known) && isPlainObject(value) ? merged(known, value) : value);
  }
  return nested;
}

/** Without objects in which no declared field and no other key is set. */
function withoutEmpty(value: Plain, { object, variants }: FieldRule): Plain | undefined {
  const rule = object ?? variants?.cases[0]?.[1];
  if (rule === undefined || !isPlainObject(value) || Object.keys(rule.fields).length === 0) return value;
  const kept: PlainObject = {};
  for (const [key, item] of Object.entries(value)) {
    const field = own(rule.fields, key);
    const one = field === undefined ? item : withoutEmpty(item, field);
    if (one !== undefined) put(kept, key, one);
  }
  return Object.keys(kept).length === 0 ? undefined : kept;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  return isPlainObject(value) ? Object.entries(value).map(([key, item]) => [key, sorted(item)] as const).sort(([left], [right]) => (left < right ? -1 : 1)) : value;
}

const named = names.filter((name) => name !== "" && !["type", "name"].includes(name));
const written = fc.uniqueArray(fc.tuple(named, kind), { maxLength: 3, selector: ([name]) => name }).chain((kinds) => fc.tuple(fc.constant(kinds), fc.tuple(...kinds.map(([, { value }]) => value))));

describe("the flat layout of any schema", () => {
  const [joined, nested] = [memory(), memory()];
  // One for all: what a runtime keeps of its lines is bounded.
  const { wevt } = harness({ collectors: [flat(joined), nested], validation: "off" }, registry([]));
  const job = originator("job", {});
  let turn = 0;

  it("loses and mixes up nothing: the nested record can be made of it again; and its line is that of the record", () => {
    fc.assert(
      fc.property(written, ([kinds, values]) => {
        turn += 1;
        const descriptors = kinds.map(([name, { rule: { object = { fields: { kind: leaf } } } }]) => {
          const { descriptor } = partial(`${name}_${turn}`, object.fields);
          return object.rest === undefined ? descriptor : { ...descriptor, check: () => true, rule: object, slots: undefined };
        });
        wevt.run(job({}), (event) => descriptors.forEach((descriptor, index) => event.log({ partial: descriptor.name, fields: Object(values[index]), descriptor })));
        const [event] = joined.events;
        const rules: { [name: string]: FieldRule } = {};
        for (const { name, rule } of descriptors) put(rules, name, { object: rule });
        expect(sorted(nestedAgain(event?.record ?? {}))).toEqual(sorted(withoutEmpty(JSON.parse(nested.lines[0] ?? "{}"), { object: { fields: rules } })));
        expect(event?.line).toBe(JSON.stringify(event?.record));
        for (const { clear } of [joined, nested]) clear();
      }),
      { numRuns: 1_500 },
    );
  });
});
