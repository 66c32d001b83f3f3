/** What is wanted of a row: at most or at least so much. */
export type Wanted = { readonly atMost: number } | { readonly atLeast: number };
/** What a row that misses its wanted figure reaches, everywhere or by major version of Node; and why. */
export interface Known {
  readonly reached: number | { readonly [major: string]: number };
  readonly reason: string;
}
/** known.json: by benchmark and row. */
export interface KnownTable {
  readonly [bench: string]: { readonly [row: string]: Known };
}
export interface Verdict {
  readonly met: boolean;
  readonly held: boolean;
  readonly gate: number;
  readonly figure: number;
  readonly sign: string;
  readonly reached: number | undefined;
  readonly stale: boolean;
}
export interface Gates {
  limit(name: string, value: number, wanted: Wanted): void;
  run(name: string, measure: () => unknown, options?: { readonly again?: number }): Promise<void>;
  finish(): boolean;
}
export function judge(row: { readonly value: number; readonly wanted: Wanted; readonly known?: Known | undefined; readonly major?: string }): Verdict;
export function onNode(figures: { readonly [major: string]: number }, major?: string | number): number;
export function majorOf(version: string): string;
export function createGates(known: KnownTable, options?: { readonly print?: (line: string) => void; readonly major?: string }): Gates;
