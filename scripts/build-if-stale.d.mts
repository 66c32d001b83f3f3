/** True when dist/ is up to date afterwards. */
export function buildIfStale(options?: { readonly keepGoing?: boolean }): boolean;
