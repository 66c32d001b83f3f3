/** The root of the repository. */
export const root: string;
/** What esbuild says went into the bundle. */
export interface Metafile {
  readonly outputs: { readonly [path: string]: Output };
}
export interface Output {
  readonly bytes: number;
  readonly entryPoint?: string;
  readonly inputs: { readonly [path: string]: { readonly bytesInOutput: number } };
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
}
export function bundleCli(options: { readonly outdir: string; readonly entry?: string; readonly write?: boolean }): Promise<Metafile>;
