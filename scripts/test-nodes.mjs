// `npm run test:nodes [-- 22 24]`: the tests on each supported Node, by way of the `node` package. Needs the network once per version.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const versions = process.argv.slice(2);
const results = (versions.length > 0 ? versions : ["20", "22", "24", "26"]).map((version) => {
  console.error(`\n--- Node ${version}`);
  const { status } = spawnSync("npx", ["--yes", "--package", `node@${version}`, "node", "node_modules/vitest/vitest.mjs", "run"], { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  return { version, passed: status === 0 };
});

for (const { version, passed } of results) console.log(`Node ${version}: ${passed ? "passed" : "FAILED"}`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
