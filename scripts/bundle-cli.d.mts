/** The root of the repository. */
export const root: string;
/** What esbuild says went into the bundle. */
export interface Metafile {
  readonly outputs: { readonly [path: string]: { readonly bytes: number; readonly inputs: { readonly [path: string]: { readonly bytesInOutput: number } } } };
}
export function bundleCli(options: { readonly outdir: string; readonly entry?: string; readonly write?: boolean }): Promise<Metafile>;
