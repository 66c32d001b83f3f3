/** Random TypeScript types that a schema can express to the letter, as texts. */
import fc from "fast-check";

/** What the texts may refer to. */
export const declarations = `
enum Tier { Free = "free", Pro = "pro" }
enum Level { Low, High = 7 }
type UserId = string & { readonly __brand: "UserId" };
type Cents = number & { readonly __brand: "Cents" };
interface Money { amount: Cents; currency: "EUR" | "USD"; note?: string | null }
interface Base { id: UserId; at?: Date }
interface Tagged extends Base { tags: readonly string[]; extra?: unknown }
type Box<T> = { value: T; label?: string };
type Pair<A, B> = { readonly left: A; right: B | null };
type Shape = { kind: "circle"; radius: number } | { kind: "square"; side: number; filled?: boolean };
`;

const words = ["a", "free", "pro", "two words", "-", "true", "null", "1.0", "é", "x: y", "#"];
const names = ["id", "name", "count", "type", "default", "class", "with-dash", "_hidden", "toString", "constructor", "y", "items", "properties", "durationMs", "email"];

const text = (word: string): string => JSON.stringify(word);
const literals = fc.oneof(
  fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((some) => some.map(text).join(" | ")),
  fc.uniqueArray(fc.integer({ min: -3, max: 9 }), { minLength: 1, maxLength: 3 }).map((some) => some.join(" | ")),
  fc.constantFrom('"auto" | 1 | true', "true", "false", "1.5 | -2"),
);
const scalar = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("string", "number", "boolean") },
  { weight: 3, arbitrary: literals },
  { weight: 3, arbitrary: fc.constantFrom("Date", "bigint", "UserId", "Cents", "Tier", "Level", "`user_${string}`", "`${number}-${string}`", "`a${string}` | `b${string}`", '"opus" | (string & {})', "Tier.Pro") },
  { weight: 1, arbitrary: fc.constantFrom("string | number", "string | boolean", "number | boolean", "string | number | boolean") },
);

interface Types {
  readonly type: string;
  readonly object: string;
  readonly members: string;
}

const { type, members } = fc.letrec<Types>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4, depthIdentifier: "type" },
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: scalar.map((one) => `${one} | null`) },
    { weight: 1, arbitrary: fc.constantFrom("unknown", "Money", "Base", "Tagged", "Shape", "Record<string, unknown>", "Partial<Money>", "Required<Base>", 'Pick<Tagged, "tags" | "at">', 'Omit<Money, "amount">', "Readonly<Base>", "Base & { more: boolean }") },
    { weight: 2, arbitrary: tie("object") },
    { weight: 1, arbitrary: tie("object").map((one) => `(${one}) | null`) },
    { weight: 2, arbitrary: tie("type").map((one) => `(${one})[]`) },
    { weight: 1, arbitrary: tie("type").map((one) => `ReadonlyArray<${one}>`) },
    { weight: 1, arbitrary: fc.tuple(tie("type"), tie("type")).map(([one, other]) => `[${one}, (${other})?]`) },
    { weight: 1, arbitrary: fc.tuple(tie("type"), scalar).map(([one, other]) => `[first: ${one}, ...rest: (${other})[]]`) },
    { weight: 1, arbitrary: tie("type").map((one) => `Record<string, ${one}>`) },
    { weight: 1, arbitrary: tie("type").map((one) => `Record<"left" | "right", ${one}>`) },
    { weight: 1, arbitrary: tie("type").map((one) => `Box<${one}>`) },
    { weight: 1, arbitrary: fc.tuple(tie("type"), scalar).map(([one, other]) => `Pair<${one}, ${other}>`) },
    { weight: 1, arbitrary: fc.constantFrom("string", "number", "boolean", "Date", "bigint", "UserId").map((one) => `${one} | ${one}[]`) },
    { weight: 1, arbitrary: fc.tuple(tie("members"), tie("members")).map(([one, other]) => `{ by: "one"; one: ${braces(one)} } | { by: "two"; two?: ${braces(other)} }`) },
    { weight: 1, arbitrary: tie("members").map((one) => `Shape | { kind: "line"; line: ${braces(one)} } | null`) },
  ),
  object: tie("members").map(braces),
  members: fc.uniqueArray(fc.tuple(fc.constantFrom(...names), tie("type"), fc.constantFrom("", "?", "readonly "), fc.boolean()), { selector: ([name]) => name, minLength: 1, maxLength: 4 }).map((some) => some.map(member).join(" ")),
}));

function braces(body: string): string {
  return `{ ${body} }`;
}

function member([name, type, modifier, documented]: readonly [string, string, string, boolean]): string {
  const key = /^[A-Za-z_]\w*$/.test(name) ? name : text(name);
  const declared = modifier === "?" ? `${key}?: ${type};` : `${modifier}${key}: ${type};`;
  return documented ? `/** What ${name} is: see *there*. */ ${declared}` : declared;
}

/** The bodies of interfaces, one for each partial. */
export const partialBodies = members;
/** A type of a field. */
export const fieldTypes = type;

/** A file whose Registry has a partial for each body. */
export function registryFile(bodies: readonly string[]): string {
  const interfaces = bodies.map((body, index) => `interface Part${index} { ${body} }\n`);
  return `${declarations}${interfaces.join("")}export interface Registry {\n${bodies.map((_, index) => `  part${index}: Part${index};\n`).join("")}}\n`;
}
