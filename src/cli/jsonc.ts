/** JSON as tsconfig.json has it: with comments, commas too many, and a byte order mark. */

/** The value. Throws a SyntaxError with the line and column where the text stops being JSON. */
export function parseJsonc(text: string): unknown {
  const plain = plainJsonOf(text);
  try {
    return JSON.parse(plain);
  } catch (error) {
    throw new SyntaxError(reasonOf(error, plain));
  }
}

/** The same text, as long, with spaces for what JSON does not have. */
function plainJsonOf(text: string): string {
  const parts: string[] = [];
  let at = 0;
  if (text.charCodeAt(0) === 0xfeff) {
    parts.push(" ");
    at = 1;
  }
  /** Where a comma waits to see whether a value follows it. */
  let comma: number | undefined;
  while (at < text.length) {
    const token = tokenAt(text, at);
    if (token.kind === "comment") parts.push(token.text.replace(/[^\r\n]/g, " "));
    else if (token.kind === "space") parts.push(token.text);
    else {
      if (comma !== undefined && (token.text === "]" || token.text === "}")) parts[comma] = " ";
      comma = token.text === "," ? parts.length : undefined;
      parts.push(token.text);
    }
    at += token.text.length;
  }
  return parts.join("");
}

interface Token {
  readonly kind: "comment" | "space" | "other";
  readonly text: string;
}

/** A string is one token, whatever it holds; one that does not end runs to the end of its line. */
const tokens: readonly (readonly [Token["kind"], RegExp])[] = [
  ["space", /\s+/y],
  ["comment", /\/\/[^\r\n]*|\/\*[^]*?\*\//y],
  ["other", /"(?:[^"\\\r\n]|\\.)*"?/y],
  ["other", /[^\s"/,[\]{}]+|[^]/y],
];

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of tokens) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { kind, text: found };
  }
  return { kind: "other", text: text.slice(at) };
}

/** V8 tells an offset, a line, or nothing, from version to version; the words before that are alike. */
function reasonOf(error: unknown, plain: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const offset = /position (\d+)/.exec(message)?.[1];
  if (offset === undefined) return plain.trim() === "" ? "it is empty" : "it is not JSON";
  const before = plain.slice(0, Number(offset)).split(/\r\n|\n|\r/);
  return `it is not JSON at ${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}
