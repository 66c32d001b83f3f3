// THIRD-PARTY-NOTICES.md: names, versions and licence texts of the packages whose code stands in dist/cli.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./bundle-cli.mjs";

/** Packages whose code is compiled into a source file of ours: `src/compiler/grammar.generated.js` holds what ajv writes, and helpers of it. */
const compiledIn = ["node_modules/ajv"];

/** A package that is another one's code as well: the compiler in it, by the licence that every release of TypeScript has. */
const carrier = "node_modules/@ts-morph/common";
const carriedLicence = "node_modules/typescript-5.9";

/** Folders (relative to the root) of the packages that contribute code to a bundle, sorted. */
export function bundledPackages(metafile) {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  const folders = used.flatMap((path) => /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set([...folders, ...(folders.includes(carrier) ? [carriedLicence] : []), ...compiledIn])].sort();
}

/** The text of the notices. Throws for a package without a licence text: it must not be bundled. */
export function noticesOf(metafile) {
  const sections = bundledPackages(metafile).map((folder) => {
    const { name, version: own, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const version = folder === carriedLicence ? createRequire(import.meta.url)("@ts-morph/common").ts.version : own;
    return `## ${name} ${version} (${license})\n\n${indent(licenceText(folder, name))}\n`;
  });
  return `# Third-party notices

The command line of wevt (\`dist/cli\`) contains code of these packages. The runtime and the collectors contain none.
This file is written by \`npm run build\`.

${sections.join("\n")}`;
}

function licenceText(folder, name) {
  const file = readdirSync(join(root, folder)).find((one) => /^(licen[cs]e|copying)([.-]|$)/i.test(one));
  if (file !== undefined) return readFileSync(join(root, folder, file), "utf8");
  const readme = join(root, folder, "README.md");
  const section = existsSync(readme) ? /\n#+ *licen[cs]e[^\n]*\n([\s\S]*?)(?=\n#+ |$)/i.exec(readFileSync(readme, "utf8")) : null;
  if (section === null) throw new Error(`${name} is bundled and has no licence text in ${folder}`);
  return section[1];
}

function indent(text) {
  return text.replace(/\r\n?/g, "\n").trim().split("\n").map((line) => (line.trim() === "" ? "" : `    ${line.trimEnd()}`)).join("\n");
}
