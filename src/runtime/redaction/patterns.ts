/** What must not stand in free text, and how it is told from what only looks like it. Every pattern is bounded: time grows with the text, not faster. */

/** One thing to look for. */
export interface TextPattern {
  /** Stands in its place: `[card]`. */
  readonly name: string;
  /** With the flag `g`. A first group is kept before the replacement. */
  readonly pattern: RegExp;
  /** The text is looked through only where this stands in it. */
  readonly hint?: string;
  /** Whether what was found is one; default: yes. */
  readonly accept?: (found: string) => boolean;
}

export type PatternName = "privateKey" | "jwt" | "token" | "credentials" | "secret" | "key" | "email" | "iban" | "card";

/** In the order in which they are looked for. */
export const textPatterns: { readonly [name in PatternName]: TextPattern } = {
  privateKey: { name: "privateKey", hint: "PRIVATE KEY", pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]{0,20000}(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g },
  jwt: { name: "jwt", hint: "eyJ", pattern: /\beyJ[\w-]{5,1024}\.[\w-]{5,8192}\.[\w-]{0,1024}/g },
  token: { name: "token", pattern: /\b((?:bearer|basic|token)\s{1,5})[\w.~+/=-]{8,8192}/gi, accept: (found) => /\d|[\w.~+/=-]{24}/.test(found) },
  credentials: { name: "credentials", hint: "://", pattern: /\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/:@]{0,256}:[^\s/@]{1,256}(?=@)/gi },
  secret: { name: "secret", pattern: /\b((?:password|passwd|pwd|passphrase|secret|client[_-]?secret|api[_-]?key|access[_-]?token|refresh[_-]?token)["']?\s{0,3}[=:]\s{0,3}["']?)[^\s"',;&[]{3,1024}/gi },
  key: { name: "key", pattern: /\b(?:[sprw]k_(?:live|test)_\w{8,256}|gh[pousr]_\w{20,255}|github_pat_\w{20,255}|xox[abeprs]-[\w-]{10,255}|AKIA[A-Z0-9]{16}|AIza[\w-]{35}|sk-[\w-]{20,255}|glpat-[\w-]{20,64}|npm_\w{36})/g },
  email: { name: "email", hint: "@", pattern: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu },
  iban: { name: "iban", pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g, accept: isIban },
  card: { name: "card", pattern: /(?<![\d.,-])\d(?:[ -]?\d){12,18}(?!\d)/g, accept: isCard },
};

/** Luhn's digit, and the first digit of one of the networks. */
export function isCard(found: string): boolean {
  const digits = found.replace(/\D/g, "");
  if (!/^[2-6]\d{12,18}$/.test(digits)) return false;
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** ISO 13616: the number that country and check digits make, moved to the end, leaves 1 when divided by 97. */
export function isIban(found: string): boolean {
  const text = found.replaceAll(" ", "");
  if (text.length < 15 || text.length > 34) return false;
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
