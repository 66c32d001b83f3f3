export * from "./wevt/index.js";
