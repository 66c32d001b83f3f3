/** Boolean expressions of generated code: printed with the parentheses they need, and turned round without them. */

export type Test = { readonly kind: "atom"; readonly text: string; readonly opposite: string } | { readonly kind: "all" | "any"; readonly parts: readonly Test[] };

/** `left === right`. */
export function equal(left: string, right: string): Test {
  return { kind: "atom", text: `${left} === ${right}`, opposite: `${left} !== ${right}` };
}

/** A call or a name. */
export function holds(text: string): Test {
  return { kind: "atom", text, opposite: `!${text}` };
}

const opposites = { ">=": "<", "<=": ">", ">": "<=", "<": ">=" } as const;

/** A comparison of numbers; none of them may be NaN, which is neither more nor less. */
export function compared(left: string, sign: keyof typeof opposites, right: string | number): Test {
  return { kind: "atom", text: `${left} ${sign} ${right}`, opposite: `${left} ${opposites[sign]} ${right}` };
}

export function all(parts: readonly Test[]): Test {
  return joined("all", parts);
}

export function any(parts: readonly Test[]): Test {
  return joined("any", parts);
}

export const always: Test = { kind: "all", parts: [] };
export const never: Test = { kind: "any", parts: [] };

export function isAlways(test: Test): boolean {
  return test.kind === "all" && test.parts.length === 0;
}

export function isNever(test: Test): boolean {
  return test.kind === "any" && test.parts.length === 0;
}

function joined(kind: "all" | "any", tests: readonly Test[]): Test {
  const parts = tests.some((test) => test.kind === kind) ? tests.flatMap((test) => (test.kind === kind ? test.parts : [test])) : tests;
  const other = kind === "all" ? "any" : "all";
  const decided = parts.find((part) => part.kind === other && part.parts.length === 0);
  const [first] = parts;
  return decided ?? (first !== undefined && parts.length === 1 ? first : { kind, parts });
}

/** True exactly where the test is false. */
export function not(test: Test): Test {
  if (test.kind === "atom") return { kind: "atom", text: test.opposite, opposite: test.text };
  return joined(test.kind === "all" ? "any" : "all", test.parts.map(not));
}

export function print(test: Test): string {
  if (test.kind === "atom") return test.text;
  if (test.parts.length === 0) return test.kind === "all" ? "true" : "false";
  return test.parts.map((part) => (part.kind === "atom" ? part.text : `(${print(part)})`)).join(test.kind === "all" ? " && " : " || ");
}
