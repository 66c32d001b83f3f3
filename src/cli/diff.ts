/** A unified diff of two texts, short enough to read: one hunk around what differs, at most `longest` lines of it. */
import { shownText } from "./report.js";

const contextLines = 2;
const longest = 40;

export function unifiedDiff(path: string, before: string, after: string): string {
  const left = before === "" ? [] : before.replace(/\n$/, "").split("\n");
  const right = after === "" ? [] : after.replace(/\n$/, "").split("\n");
  let head = 0;
  while (head < left.length && head < right.length && left[head] === right[head]) head++;
  let tail = 0;
  while (tail < left.length - head && tail < right.length - head && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail++;
  const from = Math.max(0, head - contextLines);
  const lines = [
    ...left.slice(from, head).map((line) => ` ${line}`),
    ...left.slice(head, left.length - tail).map((line) => `-${line}`),
    ...right.slice(head, right.length - tail).map((line) => `+${line}`),
    ...left.slice(left.length - tail, left.length - tail + contextLines).map((line) => ` ${line}`),
  ];
  const shown = lines.length <= longest ? lines : [...lines.slice(0, longest), `… ${lines.length - longest} more lines`];
  const size = (total: number): number => total - tail - from + Math.min(contextLines, tail);
  return `--- ${shownText(path)}\n+++ ${shownText(path)} (generated)\n@@ -${from + 1},${size(left.length)} +${from + 1},${size(right.length)} @@\n${shown.map((line) => `${shownText(line)}\n`).join("")}`;
}
