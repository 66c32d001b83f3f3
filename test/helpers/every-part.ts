/** Everything that an application can import of wevt at run time. */
export * from "../../src/collectors/file.js";
export * from "../../src/collectors/memory.js";
export * from "../../src/collectors/stdio.js";
export * from "../../src/propagation/index.js";
export * from "../../src/runtime/codegen.js";
export * from "../../src/runtime/console/capture.js";
export * from "../../src/runtime/index.js";
export * from "../../src/runtime/messages/index.js";
export * from "../../src/runtime/redaction/index.js";
export * from "../../src/runtime/streams/index.js";
export * from "../../src/sampling/index.js";
export * from "../../src/testing/index.js";
