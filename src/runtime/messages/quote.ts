/** Text in quotes, as Go's `%q` writes it: one line, printable characters as they are. */

const simple = /^[ !#-[\]-~]*$/;
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const names: { readonly [character: string]: string } = {
  "\u0007": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v", "\\": "\\\\",
};

/** `ascii` also escapes what is printable but not ASCII (`%+q`). */
export function quote(text: string, { mark, ascii }: { readonly mark: '"' | "'"; readonly ascii: boolean }): string {
  if (mark === '"' && simple.test(text)) return `"${text}"`;
  let quoted: string = mark;
  for (const character of text) quoted += character === mark ? `\\${mark}` : (names[character] ?? escaped(character, ascii));
  return quoted + mark;
}

/** In backquotes (`%#q`), where the text can stand there as it is. */
export function backquoted(text: string): string | undefined {
  return /[\u0000-\u0008\u000a-\u001f\u007f`\ufeff]/.test(text) ? undefined : `\`${text}\``;
}

/** A letter, mark, number, punctuation mark, symbol, or the space. */
export function isPrintable(character: string): boolean {
  return printable.test(character);
}

function escaped(character: string, ascii: boolean): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xd800 && code <= 0xdfff) return ascii ? "\\ufffd" : "\ufffd";
  if (isPrintable(character) && (!ascii || code < 0x7f)) return character;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, length: number): string {
  return code.toString(16).padStart(length, "0");
}
