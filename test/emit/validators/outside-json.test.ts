/** Values that JSON cannot say: each has one stated verdict, and nothing throws. */
import { describe, expect, it } from "vitest";
import type { Issue } from "../../../src/runtime/contract.js";
import { copyFields } from "../../../src/runtime/copy.js";
import { compilePartial, runModule } from "../../helpers/validator.js";

const fields = ["any", "number", "integer", "string", "array", "object"] as const;
type Field = (typeof fields)[number];

const { partial } = await compilePartial({
  partial: "t",
  properties: {
    any: { kind: "json" },
    number: { type: "number" },
    integer: { type: "integer" },
    string: { type: "string" },
    array: { type: "array", items: { type: "integer" } },
    object: { type: "object", required: ["a"], properties: { a: { type: "integer" } } },
  },
});
if (partial === undefined) throw new Error("no partial");
const { check, rule } = runModule(partial);

class Point {
  a = 1;
}
const cycle: { a: number; self?: unknown } = { a: 1 };
cycle.self = cycle;
const list: unknown[] = [1];
list.push(list);
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const thrower = {
  get a(): number {
    throw new Error("no");
  },
};
const trap = new Proxy({ a: 1 }, { ownKeys: () => { throw new Error("no"); } });

/** The value, and the fields that accept it. */
const table: readonly (readonly [name: string, value: unknown, accepted: readonly Field[]])[] = [
  ["undefined is absence", undefined, fields],
  ["NaN", Number.NaN, []],
  ["Infinity", Number.POSITIVE_INFINITY, []],
  ["-Infinity", Number.NEGATIVE_INFINITY, []],
  ["-0", -0, ["any", "number", "integer"]],
  ["an integer above 2^53", 2 ** 60, ["any", "number", "integer"]],
  ["a BigInt", 1n, []],
  ["a symbol", Symbol("a"), []],
  ["a function", () => 1, []],
  ["a Date", new Date(0), ["any"]],
  ["a Map", new Map([["a", 1]]), ["any"]],
  ["a boxed number", Object(1), ["any"]],
  ["a boxed string", Object("a"), ["any"]],
  ["a sparse array", [1, , 2], ["any"]], // oxlint-disable-line no-sparse-arrays
  ["an array with undefined", [undefined], ["any"]],
  ["a class instance", new Point(), ["any", "object"]],
  ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), ["any", "object"]],
  ["a symbol key", { a: 1, [Symbol("b")]: 1 }, ["any", "object"]],
  ["a getter that throws", thrower, ["any"]],
  ["a proxy of a right object", new Proxy({ a: 1 }, {}), ["any", "object"]],
  ["a proxy of a right array", new Proxy([1], {}), ["any", "array"]],
  ["a proxy that throws on its keys", trap, ["any"]],
  ["a cycle through an object", cycle, ["any"]],
  ["a cycle through an array", list, ["any"]],
];

describe("a value outside JSON", () => {
  it.each(table)("%s", (_name, value, accepted) => {
    for (const field of fields) {
      const issues: Issue[] = [];
      expect([field, check({ [field]: value }, issues)]).toEqual([field, accepted.includes(field)]);
      expect([field, issues.length > 0, check({ [field]: value })]).toEqual([field, !accepted.includes(field), accepted.includes(field)]);
    }
  });

  it("never throws on a revoked proxy, anywhere", () => {
    for (const value of [revoked.proxy, ...fields.slice(1).map((field) => ({ [field]: revoked.proxy }))]) {
      const issues: Issue[] = [];
      expect(check(value, issues)).toBe(false);
      expect(issues).toHaveLength(1);
      expect(check(value)).toBe(false);
    }
  });

  it("is refused as the whole value with an issue", () => {
    for (const value of [undefined, null, 1, 1n, Symbol("a"), [], () => 1, ""]) {
      const issues: Issue[] = [];
      expect(check(value, issues)).toBe(false);
      expect(issues.map((issue) => [issue.path, issue.rule, issue.problem])).toEqual([["t", "type", "wrong_type"]]);
    }
  });

  it("does not show what a concealed field holds", async () => {
    const concealing = await compilePartial({ partial: "t", properties: { p: { type: "object", sensitivity: "personal", properties: { name: { type: "string", maxLength: 3 } } }, n: { type: "integer" } } });
    if (concealing.partial === undefined) throw new Error("no partial");
    const issues: Issue[] = [];
    runModule(concealing.partial).check({ p: { name: "Ada Lovelace" }, n: "seen" }, issues);
    expect(issues).toEqual([
      { path: "t.p.name", keys: ["p", "name"], rule: "maxLength", problem: "constraint", expected: "at most 3 characters", schema: "partial:t#/properties/p/properties/name/maxLength" },
      { path: "t.n", keys: ["n"], rule: "type", problem: "wrong_type", expected: "integer", received: '"seen"', schema: "partial:t#/properties/n/type" },
    ]);
  });
});

describe("a property that JSON would not write", () => {
  const hidden = (fields: { readonly [name: string]: unknown }): object => Object.defineProperty({ ...fields }, "string", { value: "a", enumerable: false });

  it("is judged like any other", () => {
    expect(check(hidden({}))).toBe(true);
    expect(check(Object.defineProperty({}, "string", { value: 1, enumerable: false }))).toBe(false);
    expect(check(Object.create({ string: "a" }))).toBe(true);
    expect(check(Object.create({ string: 1 }))).toBe(false);
  });

  it("hides one unknown key of a closed object, since its keys are counted: on the record it cannot, for what is checked there is a plain copy", () => {
    expect(check(hidden({ unknown: 1 }))).toBe(true);
    expect(check(hidden({ unknown: 1, more: 1 }))).toBe(false);
    const unknown: string[] = [];
    const copy = copyFields(hidden({ unknown: 1 }), { rule, path: "t", report: (problem, path) => unknown.push(`${problem} ${path}`) });
    expect([Object.hasOwn(copy, "unknown"), unknown]).toEqual([false, ["unknown_field t.unknown"]]);
    for (const descriptor of Object.values(Object.getOwnPropertyDescriptors(copy))) expect(descriptor.enumerable).toBe(true);
  });
});
