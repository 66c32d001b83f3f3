/**
 * Host names: RFC 1123 labels, and what the `xn--` ones among them stand for (RFC 5891 and the contextual rules of RFC 5892). Of the join types
 * that RFC 5892 asks for around U+200C, only "between Arabic letters" is known here.
 */

/** At most 253 characters, labels of at most 63 letters, digits and inner hyphens; an `xn--` label decodes to a right one. */
export function isHostname(text: string): boolean {
  if (text.length > 253) return false;
  return text.split(".").every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label) && (!/^xn--/i.test(label) || isUnicodeLabel(decode(label.slice(4).toLowerCase()))));
}

const allowed = /^[\p{Ll}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}\-\u00b7\u0375\u05f3\u05f4\u06fd\u06fe\u0f0b\u200c\u200d\u3007\u30fb]+$/u;
const wrong: readonly RegExp[] = [
  /^\p{M}|^-|-$|^..--/u,
  /[\u0640\u07fa\u302e\u302f\u3031-\u3035\u303b]/u,
  /(?<!l)\u00b7|\u00b7(?!l)/u,
  /\u0375(?!\p{Script=Greek})/u,
  /(?<!\p{Script=Hebrew})[\u05f3\u05f4]/u,
  /[\u0660-\u0669].*[\u06f0-\u06f9]|[\u06f0-\u06f9].*[\u0660-\u0669]/u,
  /^[^\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]*\u30fb[^\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]*$/u,
];
let joiner: RegExp | undefined;

function patternOfJoiners(): RegExp {
  const virama = "[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d4d\\u0dca\\u0e3a\\u0f84\\u1039\\u103a\\u1714\\u1734\\u17d2\\u1a60\\u1b44\\u1baa\\u1bab\\ua806\\ua8c4\\ua953\\ua9c0\\uaaf6\\uabed]";
  return new RegExp(`(?<!${virama})\\u200d|(?<!${virama}|\\p{Script=Arabic}(?=\\u200c\\p{Script=Arabic}))\\u200c`, "u");
}

function isUnicodeLabel(label: string | undefined): boolean {
  return label !== undefined && allowed.test(label) && !(joiner ??= patternOfJoiners()).test(label) && wrong.every((rule) => !rule.test(label));
}

/** Punycode (RFC 3492); undefined when it is none. */
function decode(text: string): string | undefined {
  const dash = text.lastIndexOf("-");
  const output = dash > 0 ? [...text.slice(0, dash)].map((char) => char.charCodeAt(0)) : [];
  let [code, index, bias, position] = [128, 0, 72, dash + 1];
  if (position >= text.length) return undefined;
  while (position < text.length) {
    const before = index;
    for (let weight = 1, k = 36; ; k += 36) {
      const digit = "abcdefghijklmnopqrstuvwxyz0123456789".indexOf(text.charAt(position++) || "?");
      if (digit < 0) return undefined;
      index += digit * weight;
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    bias = adapt(index - before, output.length + 1, before === 0);
    code += Math.floor(index / (output.length + 1));
    if (code > 0x10ffff) return undefined;
    index %= output.length + 1;
    output.splice(index++, 0, code);
  }
  return String.fromCodePoint(...output);
}

function adapt(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / points);
  let k = 0;
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}
