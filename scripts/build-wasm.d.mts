/** The text of `src/runtime/bytes/module.ts`. */
export function moduleText(): Promise<string>;
