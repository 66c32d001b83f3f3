/** Bounds of what is read of other people's requests and headers. They stand in the table of README.md beside those of the runtime (`src/runtime/limits.ts`). */

/** Header names that are read of one request or message; the rest is not looked at. */
export const maxHeaderNames = 4_000;
/** Values of one header that are read. */
export const maxHeaderValues = 100;
/** Units of a header's value on an originator; the rest is cut off. */
export const maxHeaderLength = 1_000;
/** Headers that `httpRequest` is asked to keep. */
export const maxListedHeaders = 100;
/** Members of baggage, read or sent; the rest is left out. */
export const maxBaggageMembers = 64;
/** Bytes of baggage that is sent; members that do not fit are left out. */
export const maxBaggageBytes = 8_192;
/** Members of `tracestate`; the rest is left out. */
export const maxTracestateMembers = 32;
/** Units of a path. */
export const maxPathLength = 2_048;
/** Keys of a query that are kept. */
export const maxQueryKeys = 50;
/** Values of one query key that are kept. */
export const maxQueryValues = 50;
/** Units of the values of one query key. */
export const maxQueryLength = 1_000;
