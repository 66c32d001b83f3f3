// `npm run demo`: builds wevt, generates from the schemas of templates/init/rest, compiles and runs that service, sends it one real HTTP request,
// and shows the event that it emitted.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./build-if-stale.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const project = join(root, ".cache/demo");

say("1. Build wevt");
if (!buildIfStale()) process.exit(1);

say("2. Generate types, builders, validators and docs from templates/init/rest/schemas (and wevt:http, wevt:route, wevt:response)");
copyProject();
run(join(root, "bin/wevt.js"), ["generate"]);

say("3. Compile and start the service, and send it POST /foo");
run(join(root, "node_modules/typescript/bin/tsc"), ["-p", "."]);
const line = await emittedLine();

say("4. The event that it emitted: one line, shown here with indentation");
console.log(JSON.stringify(JSON.parse(line), null, 2));

say("5. Where to look");
const docs = join(project, "docs/events");
console.log(`field docs   ${relative(process.cwd(), join(docs, "README.md"))}`);
console.log(`as data      ${relative(process.cwd(), join(docs, "fields.json"))}`);
console.log(`the code     ${relative(process.cwd(), join(project, "src/wevt/index.ts"))}`);
console.log(`the schemas  ${relative(process.cwd(), join(root, "templates/init/rest/schemas"))}`);

function copyProject() {
  rmSync(project, { recursive: true, force: true });
  cpSync(join(root, "templates/init/rest"), project, { recursive: true });
  mkdirSync(join(project, "node_modules/@types"), { recursive: true });
  symlinkSync(root, join(project, "node_modules/wevt"), "junction");
  for (const name of ["@types/node", "undici-types"]) symlinkSync(realpathSync(join(root, "node_modules", name)), join(project, "node_modules", name), "junction");
}

function run(file, parameters) {
  execFileSync(process.execPath, [file, ...parameters], { cwd: project, stdio: ["ignore", "inherit", "inherit"] });
}

async function emittedLine() {
  const server = spawn(process.execPath, ["dist/main.js"], { cwd: project, env: { ...process.env, PORT: "0" }, stdio: ["ignore", "pipe", "pipe"] });
  const output = [];
  server.stdout.on("data", (chunk) => output.push(chunk));
  server.stderr.pipe(process.stderr);
  const ended = new Promise((resolve) => server.once("close", resolve));
  const url = await new Promise((resolve, reject) => {
    let log = "";
    server.stderr.on("data", (chunk) => {
      const found = /http:\/\/\S+/.exec((log += chunk));
      if (found !== null) resolve(found[0]);
    });
    server.once("exit", (code) => reject(new Error(`the service ended with ${code}`)));
  });
  const answer = await fetch(`${url}/foo`, { method: "POST", headers: { "user-agent": "wevt-demo" } });
  console.log(`POST /foo → ${answer.status} ${await answer.text()}`);
  server.kill("SIGTERM");
  await ended;
  return Buffer.concat(output).toString("utf8").trim();
}

function say(text) {
  console.log(`\n\u001b[1m${text}\u001b[0m`.replace(process.stdout.isTTY ? /$^/ : /\u001b\[\d+m/g, ""));
}
