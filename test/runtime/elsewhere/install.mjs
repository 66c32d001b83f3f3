// Installs what some tests run: Deno, Bun, workerd and jest from npm, Chromium with apt-get where that is possible. What cannot be had is said;
// its tests are skipped. Versions are exact; no lock file, since npm leaves the packages of other systems out of it. Node built-ins only.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

install("Deno, Bun and workerd", "./runtimes");
install("jest", "../../testing/jest");

const browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
if (!browsers.some((name) => spawnSync(name, ["--version"]).status === 0)) {
  attempt("Chromium", () => {
    if (process.platform !== "linux" || process.getuid?.() !== 0) throw new Error("only root installs it, on Debian and its kin");
    const options = { stdio: ["ignore", "ignore", 2], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, timeout: 300_000 };
    execFileSync("apt-get", ["update", "-qq"], options);
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], options);
  });
}

/** The packages of a folder beside this file. */
function install(what, folder) {
  const cwd = fileURLToPath(new URL(folder, import.meta.url));
  if (existsSync(`${cwd}/node_modules/.package-lock.json`)) return;
  attempt(what, () => execFileSync("npm", ["install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd, stdio: ["ignore", 2, 2], shell: process.platform === "win32", timeout: 300_000 }));
}

function attempt(what, work) {
  try {
    work();
  } catch (error) {
    console.error(`${what} could not be installed, so its tests are skipped: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
  }
}
