/** What a project's tsconfig.json says about the extension of imports: read as tsc reads it, through everything that it extends. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parseJsonc } from "./jsonc.js";

export interface ImportExtension {
  readonly extension: "js" | "ts";
  /** What could not be read, each one line; the rest was read all the same. */
  readonly notes: readonly string[];
}

type Options = { readonly [name: string]: unknown };

interface Read {
  readonly options: Options;
  readonly notes: readonly string[];
}

/** `ts` where the compiler options allow it, `js` otherwise: that works everywhere. */
export function importExtensionOf(folder: string): ImportExtension {
  const path = join(folder, "tsconfig.json");
  if (!existsSync(path)) return { extension: "js", notes: [] };
  const { options, notes } = readConfig(path, { shown: "tsconfig.json", from: [] });
  const isTs = options["allowImportingTsExtensions"] === true || options["rewriteRelativeImportExtensions"] === true;
  return { extension: isTs ? "ts" : "js", notes };
}

interface Step {
  /** As the file that names it spells it. */
  readonly shown: string;
  /** The files that led here, to find one that extends itself. */
  readonly from: readonly string[];
}

/** The compiler options of a file over those of what it extends; of a list, the later one wins. */
function readConfig(path: string, { shown, from }: Step): Read {
  const config = configOf(path);
  if (typeof config === "string") return { options: {}, notes: [`${shown} cannot be read: ${config}`] };
  const bases = namesOf(config["extends"]).map((name): Read => {
    const found = resolveBase(name, path);
    if (found === undefined) return { options: {}, notes: [`${shown} extends ${JSON.stringify(name)}, which is not there`] };
    if (found === path || from.includes(found)) return { options: {}, notes: [`${shown} extends ${JSON.stringify(name)}, which extends it`] };
    return readConfig(found, { shown: name, from: [...from, path] });
  });
  const own = config["compilerOptions"];
  return {
    options: Object.assign({}, ...bases.map((base) => base.options), isRecord(own) ? own : {}),
    notes: bases.flatMap((base) => base.notes),
  };
}

/** What the file says, or why it says nothing. */
function configOf(path: string): Options | string {
  try {
    const value = parseJsonc(readFileSync(path, "utf8"));
    return isRecord(value) ? value : "it is no JSON object";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function namesOf(said: unknown): readonly string[] {
  return (Array.isArray(said) ? said : [said]).filter((one) => typeof one === "string" && one !== "");
}

/** A path, with or without `.json`, or a package of `node_modules`, by its `exports`, its `tsconfig` field, or a file in it. */
function resolveBase(name: string, from: string): string | undefined {
  if (/^\.{1,2}[\\/]|^\.{1,2}$/.test(name) || isAbsolute(name)) return fileAt(resolve(dirname(from), name));
  const parts = name.split("/");
  const packageName = parts.slice(0, name.startsWith("@") ? 2 : 1).join("/");
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const found = inPackage(join(folder, "node_modules", packageName), { name, rest: name.slice(packageName.length + 1), from });
    if (found !== undefined || folder === dirname(folder)) return found;
  }
}

function inPackage(folder: string, { name, rest, from }: { readonly name: string; readonly rest: string; readonly from: string }): string | undefined {
  if (!existsSync(folder)) return undefined;
  const description = configOf(join(folder, "package.json"));
  const { exports, tsconfig } = typeof description === "string" ? {} : description;
  if (exports !== undefined && exports !== null) return exported(name, from);
  if (rest === "") return fileAt(join(folder, typeof tsconfig === "string" ? tsconfig : "tsconfig.json"));
  return fileAt(join(folder, rest)) ?? fileAt(join(folder, rest, "tsconfig.json"));
}

function exported(name: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}

function fileAt(path: string): string | undefined {
  return [path, `${path}.json`].find((one) => statSync(one, { throwIfNoEntry: false })?.isFile() === true);
}

function isRecord(value: unknown): value is Options {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
