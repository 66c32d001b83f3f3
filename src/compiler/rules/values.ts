/** Examples, defaults and known values have to be right ones. Plain values are judged by hand; ajv, loaded on demand, judges the rest. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import { valueSchema } from "../json-schema.js";
import type { Field, Json, Registry, Value } from "../registry.js";
import { typeOfJson } from "../resolve/value.js";
import { walk } from "./walk.js";

/** What the value should be, or undefined when it is right. */
type Judge = (value: Value, example: Json) => string | undefined;

export async function values(registry: Registry, places: Places): Promise<readonly Diagnostic[]> {
  const claims = walk(registry).flatMap(({ field }) => (field === undefined ? [] : claimsOf(field)));
  const judge = claims.some(({ field }) => !isPlain(field.value)) ? await ajvJudge() : plainJudge;
  return claims.flatMap(({ field, keyword, example }) => {
    const expected = isPlain(field.value) ? plainJudge(field.value, example) : judge(field.value, example);
    return expected === undefined ? [] : [diagnostic("WRONG_EXAMPLE", { path: field.path, keyword, value: JSON.stringify(example), expected }, { at: places(field.origin) })];
  });
}

interface Claim {
  readonly field: Field;
  readonly keyword: string;
  readonly example: Json;
}

function claimsOf(field: Field): readonly Claim[] {
  const { examples, knownValues, default: said } = field.meta;
  if (examples.length === 0 && knownValues.length === 0 && said === undefined) return [];
  return [
    ...examples.map((example) => ({ field, keyword: "example", example })),
    ...knownValues.map((one) => ({ field, keyword: "known value", example: one.value })),
    ...(said === undefined ? [] : [{ field, keyword: "default", example: said }]),
  ];
}

function isPlain({ array, object, variants, string, number }: Value): boolean {
  return array === undefined && object === undefined && variants === undefined && string?.format === undefined && string?.pattern === undefined && number?.multipleOf === undefined;
}

const plainJudge: Judge = ({ types, values: allowed, string, number }, example) => {
  const type = typeOfJson(example);
  if (types !== "any" && !types.includes(type) && !(type === "integer" && types.includes("number"))) return `it has to be ${types.join(" or ")}`;
  if (allowed !== undefined && !allowed.some((one) => JSON.stringify(one.value) === JSON.stringify(example))) return `it has to be one of ${allowed.map((one) => JSON.stringify(one.value)).join(", ")}`;
  if (typeof example === "string" && string !== undefined) return wrongLength([...example].length, string);
  if (typeof example === "number" && number !== undefined) return wrongBound(example, number);
  return undefined;
};

function wrongLength(length: number, { minLength = 0, maxLength = Infinity }: NonNullable<Value["string"]>): string | undefined {
  if (length < minLength) return `it has to have at least ${minLength} characters`;
  return length > maxLength ? `it has to have at most ${maxLength} characters` : undefined;
}

function wrongBound(value: number, rules: NonNullable<Value["number"]>): string | undefined {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = rules;
  if (value < minimum || value <= exclusiveMinimum) return `it has to be ${exclusiveMinimum === -Infinity ? `at least ${minimum}` : `more than ${exclusiveMinimum}`}`;
  return value > maximum || value >= exclusiveMaximum ? `it has to be ${exclusiveMaximum === Infinity ? `at most ${maximum}` : `less than ${exclusiveMaximum}`}` : undefined;
}

/** One compiled schema per distinct value; patterns that do not compile are told by another rule. */
async function ajvJudge(): Promise<Judge> {
  const { createJudge } = await import("./ajv-judge.js");
  const judge = createJudge();
  return (value, example) => judge(valueSchema(value, { discriminators: false }), example);
}
