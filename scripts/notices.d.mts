import type { Metafile } from "./bundle-cli.mjs";
export function bundledPackages(metafile: Metafile): readonly string[];
export function noticesOf(metafile: Metafile): string;
