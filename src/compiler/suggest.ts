/** "Did you mean": the nearest of the candidates, or undefined when none is near (at most a third of the letters differ). */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const found = distance(fold(word), fold(candidate));
    if (found < bestDistance) [best, bestDistance] = [candidate, found];
  }
  return best;
}

/** Spelling variants of one name are near: case, dashes and underscores do not count. */
function fold(word: string): string {
  return word.toLowerCase().replace(/[-_]/g, "");
}

/** Edits between two words; a swap of neighbours is one edit. */
function distance(left: string, right: string): number {
  let previous: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1;
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) cost = Math.min(cost, (previous[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    [previous, row] = [row, next];
  }
  return row[right.length] ?? 0;
}
