/** Examples, defaults and listed values that their own field refuses. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import { valueSchema } from "../json-schema.js";
import type { Json, Registry, Value } from "../registry.js";
import { typeOfJson } from "../resolve/value.js";
import { hasFormat } from "./text-formats.js";
import { matches, walk, type Visited } from "./walk.js";

/** What is wrong with a value, or undefined. */
type Verdict = string | undefined;

export async function values(registry: Registry, places: Places): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const visited of walk(registry)) {
    const { value, path, origin, within } = visited;
    for (const [index, one] of (value.values ?? []).entries()) {
      const { values: _, ...own } = value;
      const judged = refusal(own, one.value);
      const why = judged instanceof Promise ? await judged : judged;
      if (why !== undefined) found.push(diagnostic("BAD_VALUE", { path, keyword: "enum", value: JSON.stringify(one.value), why }, { at: places(origin, ...within, "enum", index) }));
    }
    for (const { keyword, index, example } of statedIn(visited)) {
      const judged = refusal(value, example);
      const why = judged instanceof Promise ? await judged : judged;
      if (why === undefined) continue;
      const parameters = { path, keyword, value: JSON.stringify(example), why };
      found.push(diagnostic(isUnquoted(value, example) ? "UNQUOTED_VALUE" : "BAD_VALUE", parameters, { at: places(origin, keyword, ...index) }));
    }
  }
  return found;
}

/** A text that YAML reads as something else: `2e1`, `007`, `true`. What was meant is plain to see, and nothing generated depends on it. */
function isUnquoted({ types }: Value, example: Json): boolean {
  return types !== "any" && types.includes("string") && !types.some((type) => type === "number" || type === "integer" || type === "boolean") && (typeof example === "number" || typeof example === "boolean");
}

interface Stated {
  readonly keyword: string;
  /** Where in the list of the keyword. */
  readonly index: readonly number[];
  readonly example: Json;
}

function statedIn({ field }: Visited): readonly Stated[] {
  if (field === undefined) return [];
  const { examples, knownValues, default: absent } = field.meta;
  return [
    ...(absent === undefined ? [] : [{ keyword: "default", index: [], example: absent }]),
    ...examples.map((example, index) => ({ keyword: "examples", index: [index], example })),
    ...knownValues.map((one, index) => ({ keyword: "knownValues", index: [index], example: one.value })),
  ];
}

/** Plain scalars are judged here, at once, and lists of them where they are right; what is left, by ajv. */
export function refusal(value: Value, example: Json): Verdict | Promise<Verdict> {
  const { types, values: closed, number } = value;
  const type = typeOfJson(example);
  if (types !== "any" && !types.includes(type) && !(type === "integer" && types.includes("number"))) return `it is ${nouns[type]}, not ${types.map((one) => nouns[one]).join(" or ")}`;
  if (Array.isArray(example) && isPlainList(value, example)) return undefined;
  if (type === "array" || type === "object" || number?.multipleOf !== undefined || !isOfFormat(value, example)) return judgedBySchema(value, example);
  if (closed !== undefined && !closed.some((one) => one.value === example)) return "it is not one of the listed values";
  if (typeof example === "number") return outOfBounds(number ?? {}, example);
  return typeof example === "string" ? textRefusal(value.string ?? {}, example) : undefined;
}

/** True for a list in which nothing can be wrong but its elements, and they are not. */
function isPlainList({ values: closed, array }: Value, list: readonly Json[]): boolean {
  if (closed !== undefined || array === undefined || array.prefix.length > 0 || array.uniqueItems === true) return false;
  const { items, minItems = 0, maxItems = Infinity } = array;
  return list.length >= minItems && list.length <= maxItems && typeof items === "object" && list.every((item) => refusal(items.value, item) === undefined);
}

function isOfFormat({ string }: Value, example: Json): boolean {
  return typeof example !== "string" || string?.format === undefined || hasFormat(string.format, example);
}

async function judgedBySchema(value: Value, example: Json): Promise<Verdict> {
  return (await import("./value-judge.js")).refusalBySchema(valueSchema(value), example);
}

const nouns: { readonly [type: string]: string } = { null: "null", boolean: "true or false", integer: "a whole number", number: "a number", string: "text", array: "a list", object: "a mapping" };

function outOfBounds(rules: NonNullable<Value["number"]>, example: number): Verdict {
  if (rules.minimum !== undefined && example < rules.minimum) return `it is less than minimum ${rules.minimum}`;
  if (rules.maximum !== undefined && example > rules.maximum) return `it is more than maximum ${rules.maximum}`;
  if (rules.exclusiveMinimum !== undefined && example <= rules.exclusiveMinimum) return `it is not more than exclusiveMinimum ${rules.exclusiveMinimum}`;
  if (rules.exclusiveMaximum !== undefined && example >= rules.exclusiveMaximum) return `it is not less than exclusiveMaximum ${rules.exclusiveMaximum}`;
  return undefined;
}

function textRefusal(rules: NonNullable<Value["string"]>, example: string): Verdict {
  const length = rules.minLength === undefined && rules.maxLength === undefined ? 0 : [...example].length;
  if (rules.minLength !== undefined && length < rules.minLength) return `it has ${length} characters, and minLength is ${rules.minLength}`;
  if (rules.maxLength !== undefined && length > rules.maxLength) return `it has ${length} characters, and maxLength is ${rules.maxLength}`;
  return rules.pattern !== undefined && !matches(rules.pattern, example) ? `it does not match the pattern ${rules.pattern}` : undefined;
}
