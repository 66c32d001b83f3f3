import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^wevt$/, replacement: source("src/runtime/index.ts") },
      { find: /^wevt\/codegen$/, replacement: source("src/runtime/codegen.ts") },
      { find: /^wevt\/sampling$/, replacement: source("src/sampling/index.ts") },
      { find: /^wevt\/testing$/, replacement: source("src/testing/index.ts") },
      { find: /^wevt\/emit$/, replacement: source("src/emit/index.ts") },
      { find: /^wevt\/propagation$/, replacement: source("src/propagation/index.ts") },
      { find: /^wevt\/collectors\/(.*)$/, replacement: source("src/collectors/$1.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/scenarios/**", "test/fixtures/**", "**/node_modules/**"],
    globalSetup: ["test/global-setup.mjs"],
    setupFiles: ["test/setup.ts"],
    // `vitest run --update` records the scenarios too.
    env: { RECORD: process.argv.some((one) => one === "--update" || one === "-u") ? "1" : (process.env["RECORD"] ?? "") },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
