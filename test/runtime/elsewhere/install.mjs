// Installs what the tests beside this file run: Deno, Bun and workerd from npm, Chromium with apt-get where that is possible. What cannot be had is said;
// its tests are skipped. Versions are exact; no lock file, since npm leaves the packages of other systems out of it. Node built-ins only.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const runtimes = fileURLToPath(new URL("./runtimes", import.meta.url));

if (!existsSync(`${runtimes}/node_modules/.package-lock.json`)) attempt("Deno, Bun and workerd", () => execFileSync("npm", ["install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: runtimes, stdio: ["ignore", 2, 2], shell: process.platform === "win32", timeout: 300_000 }));

const browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
if (!browsers.some((name) => spawnSync(name, ["--version"]).status === 0)) {
  attempt("Chromium", () => {
    if (process.platform !== "linux" || process.getuid?.() !== 0) throw new Error("only root installs it, on Debian and its kin");
    const options = { stdio: ["ignore", "ignore", 2], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, timeout: 300_000 };
    execFileSync("apt-get", ["update", "-qq"], options);
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], options);
  });
}

function attempt(what, work) {
  try {
    work();
  } catch (error) {
    console.error(`${what} could not be installed, so its tests are skipped: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
  }
}
