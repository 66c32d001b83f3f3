/** Limits on what schema files say, so that a hostile or broken one is refused quickly. */

/** Levels of nesting, aliases written out. Every later stage may recurse this deep. */
export const maxDepth = 100;

/** Nodes a file may stand for, aliases written out. The largest schema files in use have some ten thousand. */
export const maxNodes = 200_000;

/** The largest `max` of a repeatable partial: the items that the runtime keeps of any list. */
export const maxRepeatable = 10_000;
