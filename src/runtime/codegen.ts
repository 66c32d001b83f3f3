/** `wevt/codegen`: what generated code imports besides `wevt`. For generated code only; it changes with the contract number. */
export * from "./builders.js";
export * from "./contract.js";
export * from "./formats.js";
export { areStrings, deepEqual, isAtLeast, isAtMost, isJson, isJsonObject as isObject, isMultiple, isNumber, isUnique, ownValue as own, readKey, undefinedKeys } from "./json-values.js";
export { part } from "./slots.js";
export { rollupOf } from "./tally.js";
export * from "./validation.js";
