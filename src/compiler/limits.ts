/** Limits on one schema file, so that a hostile or broken one is refused quickly. */

/** Levels of nesting, aliases written out. Every later stage may recurse this deep. */
export const maxDepth = 100;

/** Nodes a file may stand for, aliases written out. The largest schema files in use have some ten thousand. */
export const maxNodes = 200_000;
