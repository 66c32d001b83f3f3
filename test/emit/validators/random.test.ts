/** Random schemas of our language and values made by changing right ones: the verdict is ajv's. */
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { compilePartial, runModule } from "../../helpers/validator.js";

type Schema = { readonly [keyword: string]: unknown };

const scalar: fc.Arbitrary<Schema> = fc.oneof(
  fc.record({ type: fc.constantFrom("integer", "number"), minimum: fc.integer({ min: -3, max: 1 }), exclusiveMaximum: fc.integer({ min: 2, max: 6 }) }),
  fc.record({ type: fc.constant("string"), minLength: fc.integer({ min: 0, max: 1 }), maxLength: fc.integer({ min: 1, max: 3 }) }),
  fc.constantFrom<Schema>({ type: "boolean" }, { type: ["string", "null"] }, { enum: ["a", "b"] }, { type: "string", pattern: "^[ab]+$" }, { type: "number", multipleOf: 0.5 }),
);
const { schema } = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 2 },
    scalar,
    fc.record({ type: fc.constant("array"), items: tie("schema"), maxItems: fc.integer({ min: 1, max: 3 }), uniqueItems: fc.boolean() }),
    fc.record({ type: fc.constant("object"), properties: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("schema"), { minKeys: 1, noNullPrototype: true }), additionalProperties: fc.boolean(), required: fc.constantFrom([], ["a"]) }).map((one) => ({ ...one, required: one.required.filter((name) => Object.hasOwn(one.properties, name)) })),
  ),
}));
const leaf = fc.oneof(fc.integer({ min: -4, max: 7 }), fc.constantFrom("", "a", "ab", "abcd", "\u{1f4a9}", null, true, 0.5, 1.25));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie("value"), { maxLength: 4 }), fc.dictionary(fc.constantFrom("a", "b", "c", "d"), tie("value"), { noNullPrototype: true })),
}));

/** A value that mostly follows a schema: now and then any other one stands in its place. */
function near(one: Schema): fc.Arbitrary<unknown> {
  const { type, properties, items } = one;
  const right =
    type === "object" && typeof properties === "object" && properties !== null
      ? fc.record(Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, near(field)])), { requiredKeys: [], noNullPrototype: true })
      : type === "array" && typeof items === "object" && items !== null
        ? fc.array(near(Object.fromEntries(Object.entries(items))), { maxLength: 3 })
        : leaf;
  return fc.oneof({ weight: 6, arbitrary: right }, { weight: 1, arbitrary: value });
}

it("a random schema gets ajv's verdict on every value", async () => {
  const pairs = schema.chain((one) => fc.tuple(fc.constant(one), fc.array(near(one), { minLength: 20, maxLength: 20 })));
  await fc.assert(
    fc.asyncProperty(pairs, async ([one, values]) => {
      const { partial } = await compilePartial({ partial: "t", properties: { v: one } });
      fc.pre(partial !== undefined);
      if (partial === undefined) return;
      const { check } = runModule(partial);
      const validate = new Ajv2020({ strict: false, strictNumbers: true, unicodeRegExp: true, allErrors: true }).compile(one);
      for (const v of values) expect([v, check({ v }), check({ v }, [])]).toEqual([v, validate(v), validate(v)]);
    }),
    { numRuns: 150 },
  );
});
