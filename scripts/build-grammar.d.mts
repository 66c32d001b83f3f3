/** Every file of the generated grammar, by path from the root. */
export function grammarFiles(): Promise<ReadonlyMap<string, string>>;
