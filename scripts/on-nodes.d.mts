/** The versions of Node that are promised. */
export const supported: readonly string[];
/** Runs `node ...parameters` on each version; returns the exit code. */
export function onNodes(versions: readonly string[], parameters: readonly string[]): number;
