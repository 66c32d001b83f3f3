/** What a caller learns of a wrong value. */
import { expect, it } from "vitest";
import type { Issue } from "../../../src/runtime/contract.js";
import { compilePartial, runModule } from "../../helpers/validator.js";

async function issuesOf(properties: { readonly [name: string]: unknown }, value: unknown, root: { readonly [keyword: string]: unknown } = {}): Promise<readonly Issue[]> {
  const { partial, diagnostics } = await compilePartial({ partial: "t", properties, ...root });
  if (partial === undefined) throw new Error(diagnostics.map((one) => one.message).join("; "));
  const { check } = runModule(partial);
  const issues: Issue[] = [];
  expect(check(value, issues)).toBe(issues.length === 0);
  expect(check(value)).toBe(issues.length === 0);
  return issues;
}

const text = { type: "string" };

it("every mistake is told, in the order of the schema, each with its path and its place in the schema", async () => {
  const user = { type: "object", required: ["id"], properties: { id: text, plan: { enum: ["free", "pro"] }, tags: { type: "array", items: { type: "string", maxLength: 2 } } } };
  expect(await issuesOf({ user, n: { type: "integer", minimum: 1, multipleOf: 2 } }, { n: -1, user: { tags: ["ab", 1, "abc"], plan: "gold", more: 1 } })).toEqual([
    { path: "t.user.id", keys: ["user", "id"], rule: "required", problem: "missing_field", expected: "a value", schema: "partial:t#/properties/user/required" },
    { path: "t.user.plan", keys: ["user", "plan"], rule: "enum", problem: "constraint", expected: '"free" | "pro"', received: '"gold"', schema: "partial:t#/properties/user/properties/plan/enum" },
    { path: "t.user.tags[1]", keys: ["user", "tags", 1], rule: "type", problem: "wrong_type", expected: "string", received: "1", schema: "partial:t#/properties/user/properties/tags/items/type" },
    { path: "t.user.tags[2]", keys: ["user", "tags", 2], rule: "maxLength", problem: "constraint", expected: "at most 2 characters", received: '"abc"', schema: "partial:t#/properties/user/properties/tags/items/maxLength" },
    { path: "t.user.more", keys: ["user", "more"], rule: "additionalProperties", problem: "unknown_field", expected: "no such field", schema: "partial:t#/properties/user/additionalProperties" },
    { path: "t.n", keys: ["n"], rule: "minimum", problem: "constraint", expected: ">= 1", received: "-1", schema: "partial:t#/properties/n/minimum" },
    { path: "t.n", keys: ["n"], rule: "multipleOf", problem: "constraint", expected: "a multiple of 2", received: "-1", schema: "partial:t#/properties/n/multipleOf" },
  ]);
});

it("a missing key does not make up for an unknown one", async () => {
  const told = async (value: unknown): Promise<readonly string[]> => (await issuesOf({ a: text, b: text, o: { type: "object", required: ["c"], properties: { c: text } } }, value, { required: ["a", "b"] })).map((issue) => `${issue.problem} ${issue.path}`);
  expect(await told({ x: 1, b: "b" })).toEqual(["missing_field t.a", "unknown_field t.x"]);
  expect(await told({ x: 1, y: 1, o: { z: 1 } })).toEqual(["missing_field t.a", "missing_field t.b", "missing_field t.o.c", "unknown_field t.o.z", "unknown_field t.x", "unknown_field t.y"]);
  expect(await told({ a: 1, b: undefined, x: 1, z: undefined })).toEqual(["wrong_type t.a", "missing_field t.b", "unknown_field t.x"]);
});

it("what stands below patterns, other keys and variants has its own place", async () => {
  const map = { type: "object", patternProperties: { "^a/~": { type: "integer" } }, additionalProperties: { type: "boolean" }, propertyNames: { maxLength: 5 } };
  const variants = { oneOf: ["one", "two"].map((kind, index) => ({ type: "object", required: ["kind"], properties: { kind: { const: kind }, [`n${index}`]: { type: "integer" } } })) };
  const found = await issuesOf({ map, v: variants, w: variants, x: variants }, { map: { "a/~1": "x", b: 1, "a long one": true }, v: { kind: "two", n1: "x" }, w: { kind: "three" }, x: {} });
  expect(found.map(({ path, rule, problem, schema }) => [path, rule, problem, schema])).toEqual([
    ["t.map.a/~1", "type", "wrong_type", "partial:t#/properties/map/patternProperties/^a~1~0/type"],
    ["t.map.b", "type", "wrong_type", "partial:t#/properties/map/additionalProperties/type"],
    ["t.map.a long one", "propertyNames", "constraint", "partial:t#/properties/map/propertyNames"],
    ["t.v.n1", "type", "wrong_type", "partial:t#/properties/v/oneOf/1/properties/n1/type"],
    ["t.w.kind", "oneOf", "constraint", "partial:t#/properties/w/oneOf"],
    ["t.x.kind", "oneOf", "missing_field", "partial:t#/properties/x/oneOf"],
  ]);
});

it("a long text is shortened, and no value is ever asked what it is", async () => {
  const asked = { toString: () => { throw new Error("asked"); }, toJSON: () => { throw new Error("asked"); } };
  const found = await issuesOf({ a: { type: "integer" }, b: { type: "integer" }, c: { type: "integer" } }, { a: "x".repeat(1000), b: asked, c: [asked] });
  expect(found.map((issue) => issue.received)).toEqual([`"${"x".repeat(80)}…"`, "object", "array"]);
});
