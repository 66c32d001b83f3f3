// Runs a script on each supported version of Node, by way of the `node` package. Needs the network once per version. Node built-ins only.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The versions that are promised. */
export const supported = ["20", "22", "24", "26"];

/** Runs `node ...parameters` on each version and says how it went; returns the exit code: 0 when all passed. */
export function onNodes(versions, parameters) {
  const results = versions.map((version) => {
    console.error(`\n--- Node ${version}`);
    const { status } = spawnSync("npx", ["--yes", "--package", `node@${version}`, "node", ...parameters], { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
    return { version, passed: status === 0 };
  });
  for (const { version, passed } of results) console.log(`Node ${version}: ${passed ? "passed" : "FAILED"}`);
  return results.every(({ passed }) => passed) ? 0 : 1;
}
