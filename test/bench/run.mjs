// `npm run bench -- start generate tsc`: what we promise, measured. Builds dist/ first. Exit code 1 when a gate does not hold (gates.mjs).
import { execSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "../../scripts/build-if-stale.mjs";
import { finish, gated } from "./measure.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const all = ["start", "load", "generate", "tsc", "validator", "emit", "parts", "messages", "sampling", "sinks", "usage"];
const names = process.argv.slice(2).filter((name) => !name.startsWith("-"));
const unknown = names.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(", ")}; there are ${all.join(", ")}`);
  process.exit(2);
}

if (!buildIfStale()) process.exit(1);
const rivals = fileURLToPath(new URL("./rivals", import.meta.url));
const { dependencies } = JSON.parse(readFileSync(`${rivals}/package.json`, "utf8"));
if (!Object.keys(dependencies).every((name) => existsSync(`${rivals}/node_modules/${name}`))) execSync("npm ci --silent", { cwd: rivals, stdio: "inherit" });
for (const name of names.length > 0 ? names : all) {
  const file = new URL(`./${name}.mjs`, import.meta.url);
  if (!existsSync(file)) continue;
  const { default: bench } = await import(file.href);
  await gated(name, () => bench({ root }));
}
finish();
