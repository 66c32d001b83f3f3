// Assembles src/runtime/bytes/scan.wat into src/runtime/bytes/module.ts. `npm run wasm`.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import wabt from "wabt";

const folder = new URL("../src/runtime/bytes/", import.meta.url);

/** The text of module.ts: in hexadecimal, of which gzip makes less than of base64. */
export async function moduleText() {
  const module = (await wabt()).parseWat("scan.wat", readFileSync(new URL("scan.wat", folder), "utf8"), { simd: true });
  const { buffer } = module.toBinary({});
  return `/** scan.wat, assembled (${buffer.length} bytes) by \`npm run wasm\`. */\nexport const moduleHex =\n  "${Buffer.from(buffer).toString("hex")}";\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(new URL("module.ts", folder), await moduleText());
