// What a message costs, against util.format and against String.prototype.concat by hand; what event.debug costs when it is off; how large the parts are that a
// user adds by importing them. Texts are compared before anything is timed.
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { format as utilFormat } from "node:util";
import { join } from "node:path";
import { build } from "esbuild";
import { compare, limit } from "./measure.mjs";
import { writeSource } from "./source.mjs";

const calls = 200_000;
let sink = 0;

export default async function messages({ root }) {
  const source = join(tmpdir(), `wevt-bench-messages-${process.pid}.mjs`);
  await writeSource(root, "src/runtime/messages/format.ts", source);
  const { formatMessage } = await import(pathToFileURL(source).href);
  rmSync(source);
  const { messages: feature, setDebug } = await import(join(root, "dist/runtime/messages/index.js"));
  const { createWevt } = await import(join(root, "dist/runtime/index.js"));
  const { memory } = await import(join(root, "dist/collectors/memory.js"));
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
    limit(`formatMessage over util.format, ${title}`, rows["formatMessage: text and arguments"].paired, { atMost: 3 });
  }

  setDebug(false);
  const collected = memory();
  const event = createWevt({ messages: feature, collectors: [collected], onProblem: () => {} }).start();
  const million = 20_000_000;
  const rows = compare(`event.debug, off, ${million} times`, [
    { name: "an empty loop", run: timed((index) => index & 1, million) },
    { name: "event.debug(template, text, integer)", run: timed((index) => { event.debug("%{query}s took %{ms}d ms", "select", index); return index & 1; }, million) },
  ], { difference: true });
  limit("event.debug that is off, ns", (rows["event.debug(template, text, integer)"].paired * 1e6) / million, { atMost: 5 });
  setDebug(true);
  event.debug("on");
  event.emit();
  if (collected.records[0].messages.length !== 1) throw new Error("debug wrote while it was off, or did not write while it was on");

  console.log("\nsize, minified and gzipped, with all that it imports");
  for (const name of ["messages/index", "messages/format", "console/capture"]) {
    const { outputFiles } = await build({ entryPoints: [join(root, `src/runtime/${name}.ts`)], bundle: true, minify: true, format: "esm", target: "es2022", write: false });
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
