/**
 * A user's module as an Emitter. What it exports and what it returns are checked here; what is wrong with it is the user's mistake and comes back as
 * a diagnostic. The module itself is imported by the command line.
 */
import type { Json } from "../compiler/registry.js";
import { diagnostic, type Diagnostic } from "../compiler/diagnostics.js";
import type { Result } from "../compiler/result.js";
import type { Emit, EmitContext, Emitter, OutputFile } from "./emitter.js";
import { manifestName } from "./manifest.js";

/** What a module exports as `default`: this, or the function alone. */
export interface UserEmitter {
  /** As `generate` in the config names it; the file's name without extension when absent. */
  readonly name?: string;
  readonly brief?: string;
  /** Folder relative to the config file, when the config does not say; `generated/<name>` when absent. */
  readonly defaultOut?: string;
  /** JSON Schema of its options; anything goes when absent. */
  readonly options?: { readonly [name: string]: Json };
  readonly emit: Emit;
}

/** Thrown by the `emit` of a user's emitter; holds the diagnostic to show. Everything else that `emit` throws is a bug of ours. */
export class EmitterFailure extends Error {
  readonly diagnostic: Diagnostic;
  constructor(found: Diagnostic, cause?: unknown) {
    super(found.message, { cause });
    this.name = "EmitterFailure";
    this.diagnostic = found;
  }
}

/** The list of what wevt wrote into a folder stands beside the files. */
const reservedPaths: ReadonlySet<string> = new Set([manifestName]);

/**
 * Makes an Emitter of an imported module.
 *
 * @param module what `import()` gave
 * @param path the module as the config names it: `./tools/csv.js`
 */
export function userEmitter(module: unknown, path: string): Result<Emitter | undefined> {
  const exported = isRecord(module) ? module["default"] : undefined;
  const plain = isFunction(exported) ? { emit: exported } : isRecord(exported) ? exported : {};
  const emit = plain["emit"];
  if (!isFunction(emit)) return refused(diagnostic("EMITTER_NO_FUNCTION", { path }));
  const wrong = wrongPart(plain);
  if (wrong !== undefined) return refused(diagnostic("EMITTER_BAD_PART", { path, ...wrong }));
  if (plain["data"] !== undefined) return refused(diagnostic("NOT_YET", { keyword: "data" }));
  const name = textOr(plain["name"], nameOf(path));
  return {
    value: {
      name,
      brief: textOr(plain["brief"], `The emitter of ${path}.`),
      defaultOut: textOr(plain["defaultOut"], `generated/${name}`),
      options: isJsonMap(plain["options"]) ? plain["options"] : {},
      emit: async (registry, context) => checkedFiles(await called({ emit, name, path }, registry, context), { name, path }),
    },
    diagnostics: [],
  };
}

function refused(found: Diagnostic): Result<undefined> {
  return { value: undefined, diagnostics: [found] };
}

function wrongPart(part: { readonly [key: string]: unknown }): { readonly key: string; readonly expected: string } | undefined {
  for (const key of ["name", "brief", "defaultOut"]) {
    if (part[key] !== undefined && (typeof part[key] !== "string" || part[key] === "")) return { key, expected: "a text" };
  }
  if (typeof part["name"] === "string" && !/^[a-z][A-Za-z0-9_-]*$/.test(part["name"])) return { key: "name", expected: "letters, digits, - and _, beginning with a small letter" };
  if (part["options"] !== undefined && !isJsonMap(part["options"])) return { key: "options", expected: "a JSON Schema (an object)" };
  return undefined;
}

interface Named {
  readonly name: string;
  readonly path: string;
}

async function called({ emit, name, path }: Named & { readonly emit: (...parameters: never[]) => unknown }, ...parameters: readonly [unknown, EmitContext]): Promise<unknown> {
  try {
    return await Reflect.apply(emit, undefined, parameters);
  } catch (error) {
    throw new EmitterFailure(diagnostic("EMITTER_THREW", { name, path, reason: reasonOf(error), ...frameOf(error) }), error);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : `threw ${typeof error === "string" ? error : typeof error}`;
}

/** `csv.js:12:7`, from the first line of the stack that is the user's. */
function frameOf(error: unknown): { readonly frame?: string } {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const found = /(?:file:\/\/|\()?[^\s(]*[/\\]([^/\\\s()]+\.[cm]?[jt]s(?:\?[^:]*)?:\d+:\d+)/.exec(stack);
  return found?.[1] === undefined ? {} : { frame: found[1].replace(/\?[^:]*/, "") };
}

/** What the emitter returned, or a failure that names the file and what is wrong with it. */
function checkedFiles(returned: unknown, { name, path }: Named): readonly OutputFile[] {
  const fail = (problem: string): never => {
    throw new EmitterFailure(diagnostic("EMITTER_BAD_OUTPUT", { name, path, problem }));
  };
  if (!Array.isArray(returned)) return fail(`it returned ${kindOf(returned)} instead of a list of { path, text }`);
  const seen = new Set<string>();
  return returned.map((file: unknown, index): OutputFile => {
    if (!isRecord(file) || typeof file["path"] !== "string" || typeof file["text"] !== "string") return fail(`entry ${index} is not { path, text } with two texts`);
    const problem = pathProblem(file["path"]);
    if (problem !== undefined) return fail(`the path ${JSON.stringify(file["path"])} ${problem}`);
    const key = file["path"].toLowerCase();
    if (seen.has(key)) return fail(`two files are called ${JSON.stringify(file["path"])} (capitals do not count: not on every disk)`);
    seen.add(key);
    return { path: file["path"], text: tidy(file["text"]) };
  });
}

/** Lines end with LF, the last one too. */
function tidy(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n");
  return lines === "" || lines.endsWith("\n") ? lines : `${lines}\n`;
}

/** What is wrong with the path of a file, if anything. */
export function pathProblem(path: string): string | undefined {
  if (path === "") return "is empty";
  if (path.includes("\\")) return "has a backslash: separate folders with /";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "is absolute: it must be relative to the emitter's folder";
  const parts = path.split("/");
  if (parts.includes("..")) return "leads out of the emitter's folder";
  if (parts.includes(".") || parts.includes("")) return "has an empty part";
  if (/[\u0000-\u001f\u007f<>:"|?*]/.test(path)) return "has a character that not every disk can store";
  if (parts.some((part) => /[. ]$/.test(part) || /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(part))) return "has a part that Windows cannot store";
  if (reservedPaths.has((parts.at(-1) ?? "").toLowerCase())) return "is reserved: wevt writes that file itself";
  return undefined;
}

function nameOf(path: string): string {
  const base = path.split("/").at(-1)?.replace(/\.[^.]*$/, "") ?? "";
  const name = base.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^[^A-Za-z]+/, "");
  return name === "" ? "custom" : name.charAt(0).toLowerCase() + name.slice(1);
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

function kindOf(value: unknown): string {
  return value === null ? "null" : value === undefined ? "nothing" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}

function isFunction(value: unknown): value is (...parameters: never[]) => unknown {
  return typeof value === "function";
}

function isJsonMap(value: unknown): value is { readonly [name: string]: Json } {
  return isRecord(value) && !Array.isArray(value) && isJson(value);
}

/** Plain JSON, at most 64 levels deep: what refers to itself is none. */
function isJson(value: unknown, depth = 0): boolean {
  if (depth > 64) return false;
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  return isRecord(value) && Object.values(value).every((item) => isJson(item, depth + 1));
}
