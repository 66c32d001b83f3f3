// Installs the development packages when they are missing, so that `npm test` and `npm run demo` work in a fresh clone. Node built-ins only.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

if (!existsSync(new URL("../node_modules/.package-lock.json", import.meta.url))) {
  console.error("node_modules is missing: running `npm ci` once");
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: root, stdio: ["ignore", "inherit", "inherit"], shell: process.platform === "win32" });
}
