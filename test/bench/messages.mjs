// What a message costs, against util.format and against String.prototype.concat by hand; what debug costs when it is off; how large the parts are that a
// user adds by importing them. Texts are compared before anything is timed.
import { gzipSync } from "node:zlib";
import { format as utilFormat } from "node:util";
import { join } from "node:path";
import { build } from "esbuild";
import { compare, limit } from "./measure.mjs";

const calls = 200_000;
let sink = 0;

export default async function messages({ root }) {
  const { formatMessage } = await import(join(root, "dist/runtime/messages/format.js"));
  const { debugSwitch, setDebug } = await import(join(root, "dist/runtime/messages/debug.js"));
  const pairs = [
    ["one text", "Hello %{name}s!", "Hello %s!", () => ["Luke"]],
    ["text, integer, integer", "%{query}s took %{ms}d ms, %d rows", "%s took %d ms, %d rows", (index) => ["select", index, index % 7]],
    ["one object of three fields", "signed in: %{user}+v", "signed in: %o", (index) => [{ id: index, tier: "pro", name: "Luke" }]],
  ];
  for (const [title, ours, theirs, argumentsOf] of pairs) {
    if (!title.includes("object") && formatMessage(ours, argumentsOf(5)).text !== utilFormat(theirs, ...argumentsOf(5))) throw new Error(`not the same text: ${title}`);
    const rows = compare(`message, ${title}, ${calls} times`, [
      { name: "util.format: the text alone", run: timed((index) => utilFormat(theirs, ...argumentsOf(index)).length) },
      { name: "formatMessage: text and arguments", run: timed((index) => formatMessage(ours, argumentsOf(index)).text.length) },
    ]);
    limit("formatMessage over util.format", rows["formatMessage: text and arguments"].paired, 3);
  }

  setDebug(false);
  const debug = (template, ...args) => {
    if (debugSwitch.on) sink += formatMessage(template, args).text.length;
  };
  const million = 20_000_000;
  const rows = compare(`debug, off, ${million} times`, [
    { name: "an empty loop", run: timed((index) => index & 1, million) },
    { name: "debug(template, text, integer)", run: timed((index) => { debug("%{query}s took %{ms}d ms", "select", index); return index & 1; }, million) },
  ], { difference: true });
  limit("ns per debug call that is off", (rows["debug(template, text, integer)"].paired * 1e6) / million, 5);

  console.log("\nsize, minified and gzipped, with all that it imports");
  for (const name of ["messages/index", "messages/format", "console/capture"]) {
    const { outputFiles } = await build({ entryPoints: [join(root, `dist/runtime/${name}.js`)], bundle: true, minify: true, format: "esm", target: "es2022", write: false });
    console.log(`  ${name.padEnd(58)} ${(gzipSync(outputFiles[0].contents).length / 1024).toFixed(2).padStart(9)} KiB`);
  }
  if (sink < 0) console.log(sink);
}

function timed(work, times = calls) {
  return () => {
    const started = performance.now();
    for (let index = 0; index < times; index++) sink += work(index);
    return performance.now() - started;
  };
}
