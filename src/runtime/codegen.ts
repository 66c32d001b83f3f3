/** `wevt/codegen`: what generated code imports besides `wevt`. Its own users only; it changes with the contract number. */
export * from "./contract.js";
export * from "./formats.js";
export * from "./validation.js";
