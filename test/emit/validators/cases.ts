/** Small committed cases: a schema for field `v`, values that are right and values that are wrong. Together they notice the loss of any one check. */
export interface Case {
  readonly schema: { readonly [keyword: string]: unknown };
  readonly right: readonly unknown[];
  readonly wrong: readonly unknown[];
  /** More keywords of the partial. */
  readonly root?: { readonly [keyword: string]: unknown };
}

const open = { type: "object", additionalProperties: true } as const;

export const cases: readonly Case[] = [
  { schema: { type: "string" }, right: ["", "a"], wrong: [1, null, ["a"], {}, true] },
  { schema: { type: ["integer", "null"] }, right: [1, 1.0, -0, null], wrong: [1.5, "1", false] },
  { schema: { type: "number" }, right: [1, 1.5], wrong: ["1", null] },
  { schema: { type: "boolean" }, right: [true, false], wrong: [0, "true"] },
  { schema: { enum: ["free", "pro"] }, right: ["free", "pro"], wrong: ["Free", ""] },
  { schema: { enum: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }, right: [10, 1.0], wrong: [0, "1"] },
  { schema: { type: "object", properties: {}, additionalProperties: true, enum: [{ a: [1, { b: 2 }] }] }, right: [{ a: [1, { b: 2 }] }], wrong: [{ a: [1] }, {}] },
  { schema: { type: "number", minimum: 1 }, right: [1], wrong: [0.9] },
  { schema: { type: "number", maximum: 1 }, right: [1], wrong: [1.1] },
  { schema: { type: "number", exclusiveMinimum: 1 }, right: [1.1], wrong: [1] },
  { schema: { type: "number", exclusiveMaximum: 1 }, right: [0.9], wrong: [1] },
  { schema: { type: "number", multipleOf: 0.5 }, right: [1.5, -2], wrong: [1.25] },
  { schema: { type: "string", minLength: 1 }, right: ["a"], wrong: [""] },
  { schema: { type: "string", minLength: 2 }, right: ["ab", "\u{1f4a9}\u{1f4a9}"], wrong: ["a", "\u{1f4a9}"] },
  { schema: { type: "string", maxLength: 2 }, right: ["ab", "\u{1f4a9}\u{1f4a9}"], wrong: ["abc"] },
  { schema: { type: "string", pattern: "^\\p{L}+$" }, right: ["π"], wrong: ["1", ""] },
  ...formatCases(),
  { schema: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: { type: "boolean" } }, right: [[], ["a", 1, true]], wrong: [[1], ["a", "b"], ["a", 1, 1]] },
  { schema: { type: "array", prefixItems: [{ type: "string" }], items: false }, right: [["a"]], wrong: [["a", "b"]] },
  { schema: { type: "array", items: { type: "string" }, minItems: 1 }, right: [["a"]], wrong: [[]] },
  { schema: { type: "array", items: { type: "string" }, maxItems: 1 }, right: [["a"]], wrong: [["a", "b"]] },
  { schema: { type: "array", items: { ...open }, uniqueItems: true }, right: [[{ a: 1 }, { a: 2 }]], wrong: [[{ a: 1, b: 2 }, { b: 2, a: 1 }]] },
  { schema: { type: "object", properties: { a: { type: "string" } } }, right: [{}, { a: "x" }, { a: undefined }], wrong: [{ b: 1 }, { a: "x", b: 1 }, { a: 1 }, []] },
  { schema: { type: "object", required: ["a"], properties: { a: { kind: "json" } } }, right: [{ a: null }], wrong: [{}, { a: undefined }] },
  { schema: { ...open, required: ["b"], properties: { a: { type: "string" } } }, right: [{ b: 1 }], wrong: [{}, { a: "x" }] },
  { schema: { type: "object", additionalProperties: { type: "integer" } }, right: [{ a: 1 }], wrong: [{ a: "1" }] },
  { schema: { type: "object", properties: { n: { type: "string" } }, patternProperties: { "^x_": { type: "integer" } } }, right: [{ n: "a", x_1: 1 }], wrong: [{ x_1: "a" }, { y: 1 }] },
  { schema: { type: "object", additionalProperties: { type: "integer" }, propertyNames: { pattern: "^[a-z]$" } }, right: [{ a: 1 }], wrong: [{ A: 1 }] },
  { schema: { type: "object", additionalProperties: { type: "integer" }, minProperties: 1 }, right: [{ a: 1 }], wrong: [{}, { a: undefined }] },
  { schema: { type: "object", additionalProperties: { type: "integer" }, maxProperties: 1 }, right: [{ a: 1 }, { a: 1, b: undefined }], wrong: [{ a: 1, b: 2 }] },
  { schema: { ...open, properties: { a: { type: "string" }, b: { type: "string" } }, dependentRequired: { a: ["b"] } }, right: [{}, { b: "x" }, { a: "x", b: "x" }], wrong: [{ a: "x" }] },
  {
    schema: {
      oneOf: [
        { type: "object", required: ["type", "n"], properties: { type: { const: "a" }, n: { type: "integer" } } },
        { type: "object", required: ["type"], properties: { type: { const: "b" } } },
      ],
    },
    right: [{ type: "a", n: 1 }, { type: "b" }],
    wrong: [{ type: "a" }, { type: "c" }, { type: "b", n: 1 }, {}, 1, []],
  },
];

function formatCases(): readonly Case[] {
  const texts: readonly (readonly [format: string, right: string, wrong: string])[] = [
    ["date-time", "2024-02-29T12:00:00.5+01:00", "2023-02-29T12:00:00Z"],
    ["date", "2024-02-29", "2024-13-01"],
    ["time", "23:59:60Z", "12:00:00"],
    ["duration", "P1Y2M3DT4H5M6S", "P1YT"],
    ["email", "a.b@example.com", "a..b@example.com"],
    ["hostname", "example.com", "-a.com"],
    ["ipv4", "127.0.0.1", "127.0.0.01"],
    ["ipv6", "::ffff:1.2.3.4", "1::2::3"],
    ["uri", "https://example.com/a?b#c", "//example.com"],
    ["uuid", "2EB8AA08-AA98-11EA-B4AA-73B441D16380", "2eb8aa08aa9811eab4aa73b441d16380"],
    ["int64", "-9223372036854775808", "9223372036854775808"],
  ];
  return texts.map(([format, right, wrong]) => ({ schema: { type: "string", format }, right: [right], wrong: [wrong] }));
}
