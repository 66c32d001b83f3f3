/** What published docs tell beside the schemas. It changes without them, so it never enters committed output. */
export interface EmitData {
  /** What `wevt usage --json` printed (`schemas/meta/usage.json`). */
  readonly usage?: UsageData;
}

export interface UsageData {
  readonly definitions: readonly (UsageOf & { readonly kind: string; readonly name: string })[];
  readonly fields: readonly (UsageOf & { readonly path: string; readonly definition: string })[];
}

export interface UsageOf {
  readonly status: "set" | "tests" | "unknown" | "never";
  readonly places: readonly PlaceData[];
}

export interface PlaceData {
  readonly file: string;
  readonly line: number;
  readonly test?: true;
  readonly owners?: readonly string[];
}
