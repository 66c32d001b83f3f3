/** `wevt init`: copies a template project into the folder, file by file where there is none. It overwrites nothing and asks nothing. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { oneLine } from "../../emit/text.js";
import type { Context } from "../context.js";
import { exit } from "../failure.js";
import { parseJsonc } from "../jsonc.js";
import { configNames, mustBeFolder, packageRoot } from "../project-root.js";
import { importExtensionOf } from "../tsconfig.js";

export interface InitOptions {
  readonly template: string;
}

export function init(context: Context, { template }: InitOptions): number {
  mustBeFolder(context.cwd);
  const source = join(packageRoot, "templates/init", template);
  const target = context.cwd;
  const config = configNames.find((name) => existsSync(join(target, name)));
  const paths = filesBelow(source, "").filter((path) => config === undefined || path === config || !configNames.includes(path));
  const { extension, notes } = importExtensionOf(target);
  const missing = paths.filter((path) => !existsSync(join(target, path)));
  const kept = paths.filter((path) => !missing.includes(path));
  for (const path of missing) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), adapted(path, readFileSync(join(source, path), "utf8"), extension), { flag: "wx" });
  }
  for (const path of missing) context.out(`create ${path}\n`);
  for (const path of kept) context.out(`keep   ${path}\n`);
  if (config !== undefined && !kept.includes(config)) context.out(`keep   ${config}\n`);
  for (const note of notes) context.log(`\n${oneLine(note)}; generated imports end in .${extension}: \`importExtension\` of the typescript emitter in wevt.config.yaml changes that\n`);
  for (const advice of kept.flatMap((path) => adviceFor(path, { source, target }))) context.log(advice);
  context.log(missing.length === 0 ? "everything is there already\n" : "\nNext:\n  npx wevt generate\n  npx wevt show\n");
  return exit.ok;
}

function filesBelow(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(root, path) : [path];
    })
    .sort();
}

function adapted(path: string, text: string, extension: "js" | "ts"): string {
  if (extension === "js") return text;
  if (path === "wevt.config.yaml") return text.replace(/^( +)out: src\/wevt$/m, "$&\n$1importExtension: ts");
  return path.endsWith(".ts") ? text.replace(/(from "\.[^"]*)\.js"/g, '$1.ts"') : text;
}

/** What to add by hand to a file that was there before; nothing when it says so already. */
function adviceFor(path: string, { source, target }: { readonly source: string; readonly target: string }): readonly string[] {
  const there = readFileSync(join(target, path), "utf8");
  if (path === ".gitattributes" || path === ".vscode/settings.json") {
    const wanted = readFileSync(join(source, path), "utf8");
    const lines = wanted.split("\n").filter((line) => line.trim() !== "" && !there.includes(line.trim()));
    return lines.length === 0 ? [] : [`\n${path} was there before; add to it:\n${lines.map((line) => `  ${line}\n`).join("")}`];
  }
  if (path !== "package.json") return [];
  const manifest = manifestIn(there);
  const listed = new Set(namesIn(manifest));
  const lacking = Object.keys(Object(manifestIn(readFileSync(join(source, path), "utf8"))["devDependencies"])).filter((name) => !listed.has(name));
  return [
    ...(manifest["type"] === "module" ? [] : ['\npackage.json does not say "type": "module": generated code is ESM; run `npm pkg set type=module`, or import it from ESM files (.mts)\n']),
    ...(lacking.length === 0 ? [] : [`\npackage.json does not list what these files are compiled with: run \`npm install --save-dev ${lacking.join(" ")}\`\n`]),
  ];
}

/** One that is no JSON says nothing. */
function manifestIn(text: string): { readonly [key: string]: unknown } {
  try {
    return Object(parseJsonc(text));
  } catch {
    return {};
  }
}

/** The packages that it lists. */
function namesIn(manifest: { readonly [key: string]: unknown }): readonly string[] {
  return ["dependencies", "devDependencies", "peerDependencies"].flatMap((key) => Object.keys(Object(manifest[key])));
}
