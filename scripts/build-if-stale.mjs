// Runs the build when a source is newer than dist/. Used by the tests and the demo.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** True when dist/ is up to date afterwards. */
export function buildIfStale({ keepGoing = false } = {}) {
  const built = join(root, "dist/cli/main.js");
  if (existsSync(built) && statSync(built).mtimeMs > newest()) return true;
  const { status } = spawnSync(process.execPath, [join(root, "scripts/build.mjs"), ...(keepGoing ? ["--keep-going"] : [])], { cwd: root, stdio: ["ignore", 2, 2] });
  return status === 0;
}

function newest() {
  const files = ["package.json", "package-lock.json", "tsconfig.build.json", ...["src", "templates", "schemas/meta", "scripts"].flatMap(filesIn)];
  return Math.max(...files.map((path) => statSync(join(root, path)).mtimeMs));
}

function filesIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules") && !entry.parentPath.includes("templates/init")).map((entry) => join(entry.parentPath, entry.name).slice(root.length));
}
