/** Plain scalars of the YAML 1.2 core schema: what `null`, `yes`, `017` and `1e3` are. Knows text only. */

export type ScalarValue = string | number | boolean | null;

const integer = /^[-+]?[0-9]+$/;
const prefixed = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const special = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const words: ReadonlyMap<string, null | boolean> = new Map<string, null | boolean>([
  ["", null], ["~", null], ["null", null], ["Null", null], ["NULL", null],
  ["true", true], ["True", true], ["TRUE", true], ["false", false], ["False", false], ["FALSE", false],
]);
const legacyBooleans: ReadonlySet<string> = new Set(
  ["y", "n", "yes", "no", "on", "off"].flatMap((word) => [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)]),
);

/** The value of an unquoted scalar. Numbers too large, and `.inf` and `.nan`, come back as numbers that are not finite. */
export function plainScalar(text: string): ScalarValue {
  const first = text.charCodeAt(0);
  // Only a digit, a sign or a dot starts a number.
  if ((first >= 48 && first <= 57) || first === 45 || first === 43 || first === 46) return plainNumber(text) ?? text;
  if (text.length > 5) return text;
  const word = words.get(text);
  return word === undefined ? text : word;
}

function plainNumber(text: string): number | undefined {
  if (integer.test(text) || prefixed.test(text) || float.test(text)) return Number(text) || 0;
  if (!special.test(text)) return undefined;
  return /nan/i.test(text) ? Number.NaN : text.startsWith("-") ? -Infinity : Infinity;
}

/** True for whole numbers that a double cannot hold: `12345678901234567890`. */
export function isRounded(text: string, value: number): boolean {
  return !Number.isSafeInteger(value) && integer.test(text) && Number.isFinite(value) && BigInt(text.replace(/^\+/, "")) !== BigInt(value);
}

/** What a reader of YAML 1.1 makes of an integer with a leading zero (`017` is 15); undefined when both agree. */
export function octalOf(text: string): number | undefined {
  return /^[-+]?0[0-7]*[1-7][0-7]*$/.test(text) && Number(text) !== Number.parseInt(text, 8) ? Number.parseInt(text, 8) : undefined;
}

/** `yes`, `no`, `on`, `off`, `y`, `n`: text in YAML 1.2, truth values in YAML 1.1. */
export function isLegacyBoolean(text: string): boolean {
  return legacyBooleans.has(text);
}
