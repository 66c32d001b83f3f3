import type { Options } from "tinyexec-not-installed";
import type { Missing } from "./not-there.js";

interface Tree {
  value: number;
  children: Tree[];
}

const key = Symbol("key");

type Endless<T> = { value: T; next?: Endless<T[]> };

interface Wild {
  endless: Endless<1>;
  single: 1n | 2n;
  /** Kept. */
  ok: string;
  callback: (error: Error) => void;
  method(): void;
  seen: Set<string>;
  byName: Map<string, number>;
  failure?: Error;
  address: URL;
  body: Uint8Array;
  later: Promise<string>;
  id: symbol;
  [key]: string;
  nothing: undefined;
  impossible: never;
  "user.name": string;
  "first name": string;
  "2fa": boolean;
  $cost: number;
  anything: any;
  thing: object;
  empty: {};
  found: Missing;
  options: Options;
  tree: Tree;
  payment: { card: string } | { iban: string };
  lists: string[] | number[];
  timeout: number | "never";
  maybe: { kind: "a"; a: number } | { kind: "b"; b: string } | "none";
  middle: [number, ...string[], boolean];
  mixed: { a: string; [other: string]: string | number };
  wrapped: Map<string, number> | string;
  listOfFunctions: (() => void)[];
  /** @example { "not": "text" */
  text: number;
}

interface Fine {
  /**
   * @example far too long
   * @maxLength 5
   */
  code: string;
  /** @pattern ^([a-z]+)+$ */
  slow: string;
  total: number;
}

export interface Registry {
  wild: Wild;
  fine: Fine;
  "feature-flags": { on: boolean };
  User: { id: string };
  outcome: { result: string };
  genAi: { model: string };
  gen_ai: { model: string };
  registry: { image: string };
  count: number;
  either: { by: "a"; a: string } | { by: "b"; b: string };
  handler: () => void;
  nullable: { id: string } | null;
  [other: string]: unknown;
}
