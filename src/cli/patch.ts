/** A whole unified diff that `patch -p1` and `git apply` take: every difference, in hunks. */
const contextLines = 3;

type Line = { readonly mark: " " | "-" | "+"; readonly text: string };

/** `before` is undefined for a file that is not there. */
export function patch(path: string, before: string | undefined, after: string): string {
  const lines = edits(linesOf(before ?? ""), linesOf(after));
  const head = `--- ${before === undefined ? "/dev/null" : `a/${path}`}\n+++ b/${path}\n`;
  return `${head}${hunks(lines).join("")}`;
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** The longest common subsequence, and what is not in it. */
function edits(left: readonly string[], right: readonly string[]): readonly Line[] {
  const width = right.length + 1;
  const longest = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) for (let j = right.length - 1; j >= 0; j--) longest[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) lines.push({ mark: " ", text: right[(i++, j++)] ?? "" });
    else if (i < left.length && (j === right.length || at(i + 1, j) >= at(i, j + 1))) lines.push({ mark: "-", text: left[i++] ?? "" });
    else lines.push({ mark: "+", text: right[j++] ?? "" });
  }
  return lines;
}

function hunks(lines: readonly Line[]): readonly string[] {
  const near = lines.map((_, index) => lines.slice(Math.max(0, index - contextLines), index + contextLines + 1).some(({ mark }) => mark !== " "));
  const found: string[] = [];
  for (let start = near.indexOf(true); start >= 0; ) {
    const after = near.indexOf(false, start);
    const end = after < 0 ? lines.length : after;
    found.push(hunk(lines, { start, end }));
    start = near.indexOf(true, end);
  }
  return found;
}

function hunk(lines: readonly Line[], { start, end }: { readonly start: number; readonly end: number }): string {
  const count = (part: readonly Line[], mark: "-" | "+"): number => part.filter((line) => line.mark === " " || line.mark === mark).length;
  const [above, inside] = [lines.slice(0, start), lines.slice(start, end)];
  const range = (mark: "-" | "+"): string => {
    const size = count(inside, mark);
    return `${count(above, mark) + (size === 0 ? 0 : 1)},${size}`;
  };
  return `@@ -${range("-")} +${range("+")} @@\n${inside.map(({ mark, text }) => `${mark}${text}\n`).join("")}`;
}
