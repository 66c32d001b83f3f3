import { describe, expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";

const indent = "  x: ".length;
const problemsOf = async (schema: string): Promise<readonly string[]> => (await compileFiles({ "schemas/a.yaml": `partial: a\nproperties:\n  x: ${schema}` })).problems;

/** Where the value of each keyword stands. */
const placesIn = (schema: string, keywords: readonly string[]): readonly string[] => keywords.map((keyword) => `schemas/a.yaml:3:${indent + schema.indexOf(`${keyword}: `) + `${keyword}: `.length + 1}`);

describe("constraints that no value meets are refused where they stand", () => {
  it.each<readonly [schema: string, conflict: string, ...keywords: readonly string[]]>([
    ["{ type: number, minimum: 3, maximum: 2 }", "minimum 3 and maximum 2 leave nothing between them", "maximum", "minimum"],
    ["{ type: number, exclusiveMinimum: 2, maximum: 2 }", "exclusiveMinimum 2 and maximum 2 leave nothing between them", "maximum", "exclusiveMinimum"],
    ["{ type: integer, minimum: 0.1, maximum: 0.9 }", "minimum 0.1 and maximum 0.9 have no whole number between them", "maximum", "minimum"],
    ["{ type: integer, exclusiveMinimum: 4, exclusiveMaximum: 5 }", "exclusiveMinimum 4 and exclusiveMaximum 5 have no whole number between them", "exclusiveMaximum", "exclusiveMinimum"],
    ["{ type: integer, minimum: 11, maximum: 19, multipleOf: 10 }", "minimum 11 and maximum 19 have no multiple of 10 between them", "multipleOf", "minimum", "maximum"],
    ["{ type: number, exclusiveMinimum: 0, exclusiveMaximum: 0.1, multipleOf: 0.1 }", "exclusiveMinimum 0 and exclusiveMaximum 0.1 have no multiple of 0.1 between them", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"],
    ["{ type: integer, minimum: 1, maximum: 2, multipleOf: 1.5 }", "minimum 1 and maximum 2 have no whole number that is a multiple of 1.5 between them", "multipleOf", "minimum", "maximum"],
    ["{ type: string, minLength: 3, maxLength: 2 }", "minLength 3 is more than maxLength 2", "maxLength", "minLength"],
    ["{ type: array, items: { type: string }, minItems: 3, maxItems: 2 }", "minItems 3 is more than maxItems 2", "maxItems", "minItems"],
    ["{ type: array, prefixItems: [{ type: string }], items: false, minItems: 2 }", "minItems is 2, and there are at most 1 elements", "minItems", "items"],
    ["{ type: array, items: { type: boolean }, uniqueItems: true, minItems: 3 }", "minItems is 3, and at most 2 elements can differ", "minItems", "uniqueItems"],
    ["{ type: array, items: { enum: [a, b] }, uniqueItems: true, minItems: 3 }", "minItems is 3, and at most 2 elements can differ", "minItems", "uniqueItems"],
    ["{ type: array, items: { const: a }, uniqueItems: true, minItems: 2 }", "minItems is 2, and at most 1 elements can differ", "minItems", "uniqueItems"],
    ["{ type: array, items: { type: integer, minimum: 1, maximum: 3 }, uniqueItems: true, minItems: 4 }", "minItems is 4, and at most 3 elements can differ", "minItems", "uniqueItems"],
    ["{ type: object, properties: { y: { type: string } }, required: [y], maxProperties: 0 }", "1 property is required, and maxProperties is 0", "maxProperties", "required"],
    ["{ type: object, properties: { y: { type: string } }, minProperties: 2 }", "minProperties is 2, and the closed object declares 1", "minProperties", "properties"],
    ["{ const: a, enum: [b] }", "`const` is not among the values of `enum`", "const", "enum"],
  ])("%s", async (schema, conflict, ...keywords) => {
    const [first, ...others] = placesIn(schema, keywords);
    expect(await problemsOf(schema)).toEqual([`${first} NO_VALUE_FITS no value fits "a.x": ${conflict}`, ...others.map((place, index) => `  ${place} \`${keywords[index + 1]}\``)]);
  });

  it.each([
    "{ type: integer, exclusiveMinimum: 4, exclusiveMaximum: 6 }",
    "{ type: number, exclusiveMinimum: 4, exclusiveMaximum: 5 }",
    "{ type: number, minimum: 0.1, maximum: 0.3, multipleOf: 0.3 }",
    "{ type: number, minimum: 0.3, maximum: 0.3, multipleOf: 0.1 }",
    "{ type: integer, minimum: -2, maximum: 1, multipleOf: 1.5 }",
    "{ type: integer, minimum: 5, multipleOf: 1000 }",
    "{ type: array, items: { type: boolean }, uniqueItems: true, minItems: 2 }",
    "{ type: array, prefixItems: [{ type: string }], items: { type: boolean }, uniqueItems: true, minItems: 3 }",
    "{ type: array, prefixItems: [{ type: string }], minItems: 3 }",
  ])("what a value meets is fine: %s", async (schema) => {
    expect(await problemsOf(schema)).toEqual([]);
  });

  it("in a group, through a reference, in a variant and in the names of keys", async () => {
    const bad = "{ type: string, minLength: 3, maxLength: 2 }";
    const { problems } = await compileFiles({
      "schemas/g.yaml": `group: g\n$defs: { short: ${bad} }\nproperties: { y: { $ref: '#/$defs/short' } }`,
      "schemas/a.yaml": "partial: a\nallOf: [{ $ref: group:g }]",
      "schemas/b.yaml": `partial: b\nproperties:\n  v:\n    oneOf:\n      - { type: object, required: [t], properties: { t: { const: 1 } }, minProperties: 9 }\n  m: { type: object, additionalProperties: true, propertyNames: { minLength: 3, maxLength: 2 } }`,
    });
    expect(problems.filter((one) => !one.startsWith(" "))).toEqual([
      'schemas/g.yaml:2:58 NO_VALUE_FITS no value fits "g.y": minLength 3 is more than maxLength 2',
      'schemas/b.yaml:5:88 NO_VALUE_FITS no value fits "b.v": minProperties is 9, and the closed object declares 1',
      'schemas/b.yaml:6:92 NO_VALUE_FITS no value fits "b.m": minLength 3 is more than maxLength 2',
    ]);
  });
});

describe("an object", () => {
  it("that is closed and requires what it does not declare is refused", async () => {
    const problems = await problemsOf("{ type: object, required: [z], properties: { y: { type: string } } }");
    expect(problems).toEqual(['schemas/a.yaml:3:33 REQUIRED_UNDECLARED "a.x" requires "z", which it does not declare, and it is closed']);
  });

  it("that is closed and whose dependentRequired names what it does not declare is refused", async () => {
    const problems = await problemsOf("{ type: object, properties: { y: { type: string } }, dependentRequired: { y: [z] } }");
    expect(problems).toEqual(['schemas/a.yaml:3:84 DEPENDENT_UNDECLARED `dependentRequired` of "a.x" names "z", which it does not declare, and it is closed']);
    expect(await problemsOf("{ type: object, properties: { y: { type: string } }, dependentRequired: { z: [y] } }")).toHaveLength(1);
    expect(await problemsOf("{ type: object, additionalProperties: true, properties: { y: { type: string } }, dependentRequired: { y: [z] } }")).toEqual([]);
    expect(await problemsOf("{ type: object, patternProperties: { ^z: { type: string } }, properties: { y: { type: string } }, dependentRequired: { y: [z] } }")).toEqual([]);
  });

  it.each([
    ["{ type: object, properties: { long: { type: string } }, required: [long], propertyNames: { maxLength: 3 } }", 'it requires "long", which `propertyNames` refuses'],
    ["{ type: object, properties: { long: { type: string }, longer: { type: string } }, propertyNames: { maxLength: 3 } }", "`propertyNames` refuses each of its properties"],
    ["{ type: object, properties: { long: { type: string } }, propertyNames: false }", "`propertyNames` refuses each of its properties"],
    ["{ type: object, properties: { long: { type: string } }, required: [long], patternProperties: { ^l: false } }", 'it requires "long", which `patternProperties` refuses'],
  ])("whose own key rules leave nothing is refused: %s", async (schema, conflict) => {
    const problems = await problemsOf(schema);
    expect(problems).toEqual([expect.stringContaining(`NO_VALUE_FITS no value fits "a.x": ${conflict}`), expect.stringMatching(/^ {2}schemas\/a\.yaml:3:36 the property "long"$/)]);
  });

  it("with two variants of one discriminator value is refused, and shows both", async () => {
    const variant = "{ type: object, required: [type], properties: { type: { const: card } } }";
    expect(await problemsOf(`{ oneOf: [${variant}, ${variant}] }`)).toEqual(['schemas/a.yaml:3:91 VARIANT_REPEATED two variants of "a.x" have the same "type": "card"', "  schemas/a.yaml:3:16 the first one"]);
  });
});

describe("what is declared and can never be present is a warning", () => {
  it.each([
    ["{ type: object, properties: { long: { type: string }, new: { type: string } }, propertyNames: { maxLength: 3 } }", "3:36", '"a.x.long" can never be present: `propertyNames` refuses its name'],
    ["{ type: object, properties: { long: { type: string }, new: { type: string } }, patternProperties: { ^l: false } }", "3:36", '"a.x.long" can never be present: `patternProperties` refuses its name'],
    ["{ type: array, prefixItems: [{ type: string }, { type: integer }], maxItems: 1 }", "3:53", '"a.x[1]" can never be present: `maxItems` is 1'],
  ])("%s", async (schema, place, message) => {
    expect(await problemsOf(schema)).toEqual([`schemas/a.yaml:${place} NEVER_PRESENT ${message}`, expect.stringMatching(/^ {2}schemas\/a\.yaml:3:\d+ `\w+`$/)]);
  });
});
