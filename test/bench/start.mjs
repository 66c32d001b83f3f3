// Start of the command line, and of a program that imports the runtime, against an empty Node script.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compare, limit, timeProcess } from "./measure.mjs";

export default function start({ root }) {
  const wevt = join(root, "bin/wevt.js");
  const node = (...parameters) => () => timeProcess(process.execPath, parameters);
  const result = compare("start", [
    { name: "node, an empty script", run: node(join(root, "test/bench/empty.mjs")) },
    { name: "wevt --version", run: node(wevt, "--version") },
    { name: "wevt --help", run: node(wevt, "--help") },
    { name: "import of the runtime", run: node("--input-type=module", "--eval", `import ${JSON.stringify(pathToFileURL(join(root, "dist/runtime/index.js")).href)};`) },
  ], { rounds: 25, difference: true });
  limit("--version over empty, ms", result["wevt --version"].paired, { atMost: 15 });
  limit("--help over empty, ms", result["wevt --help"].paired, { atMost: 25 });
}
