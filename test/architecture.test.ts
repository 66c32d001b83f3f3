/** The rooms of ARCHITECTURE.md, enforced: who may import whom, one file per heavy package, and how long a function or file may be. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Node, Project, SyntaxKind, type SourceFile } from "ts-morph";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Room → the rooms it may import from, besides itself. */
const arrows: { readonly [room: string]: readonly string[] } = {
  "src/cli": ["src/compiler", "src/emit", "src/data", "src/code"],
  "src/code": ["src/compiler"],
  "src/data": ["src/compiler"],
  "src/emit": ["src/compiler", "templates"],
  templates: ["src/emit", "src/compiler"],
  "src/compiler": [],
  "src/runtime": [],
  "src/collectors": ["src/runtime"],
  "src/sampling": ["src/runtime"],
  "src/propagation": ["src/runtime"],
  "src/testing": ["src/runtime"],
  "src/middleware": ["src/runtime"],
};

/** What emitters and templates may know of the compiler: the Registry, what it is made of, and diagnostics. */
const knownToEmit = /^src\/compiler\/(registry|source|result|names|suggest|print-registry|json-schema|diagnostics(\/.*)?)\.ts$/;
/** What templates may know of the emitters: the text helper, and types. */
const knownToTemplates = /^src\/emit\/(text|layout|view)\.ts$/;

/** Files that are a table, and may be longer than 300 lines. */
const tables = [/^src\/compiler\/diagnostics\/\w+\.ts$/];
const maxFileLines = 300;
const maxFunctionLines = 70;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const project = new Project({ skipFileDependencyResolution: true, skipAddingFilesFromTsConfig: true });
const paths = ["src", "templates"].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path.replaceAll("\\", "/")}`));
for (const path of paths.filter((one) => one.endsWith(".ts") && !one.startsWith("templates/init/"))) project.addSourceFileAtPath(join(root, path));
const sources = project.getSourceFiles();
const imports = sources.flatMap(importsOf);

describe("rooms", () => {
  it("import only from the rooms below them", () => {
    const wrong = imports.filter(({ from, to }) => {
      const [source, target] = [roomOf(from), roomOf(to)];
      return target !== undefined && source !== undefined && source !== target && !arrows[source]?.includes(target);
    });
    expect(wrong.map(show)).toEqual([]);
  });

  it("keep emitters and templates away from everything in the compiler but the Registry and diagnostics", () => {
    const wrong = imports.filter(({ from, to }) => ["src/emit", "templates"].includes(roomOf(from) ?? "") && roomOf(to) === "src/compiler" && !knownToEmit.test(to));
    expect(wrong.map(show)).toEqual([]);
  });

  it("keep what finds usage away from everything in the compiler but the Registry and diagnostics", () => {
    const wrong = imports.filter(({ from, to }) => from.startsWith("src/code/usage/") && roomOf(to) === "src/compiler" && !knownToEmit.test(to));
    expect(wrong.map(show)).toEqual([]);
  });

  it("keep templates away from the emitters, but for the text helper and types", () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => roomOf(from) === "templates" && roomOf(to) === "src/emit" && !typeOnly && !knownToTemplates.test(to));
    expect(wrong.map(show)).toEqual([]);
  });

  it("keep in src/collectors only collectors: users import each file by its name", () => {
    const files = readdirSync(join(root, "src/collectors"), { encoding: "utf8" });
    const other = files.filter((path) => !/collectorContract\(/.test(readIfThere(join(root, "test/collectors", path.replace(/\.ts$/, ".test.ts")))));
    expect(other).toEqual([]);
  });

  it("are known, every one", () => {
    const unknown = sources.map(pathOf).filter((path) => roomOf(path) === undefined);
    expect(unknown).toEqual([]);
  });
});

describe("packages", () => {
  const packages = imports.filter(({ to }) => !to.startsWith("src/") && !to.startsWith("templates") && !isBuiltin(to));

  it("are imported by one file each", () => {
    const files = new Map<string, Set<string>>();
    for (const { from, to } of packages) {
      const name = packageName(to);
      files.set(name, new Set([...(files.get(name) ?? []), from]));
    }
    const shared = [...files].filter(([, users]) => users.size > 1).map(([name, users]) => `${name}: ${[...users].join(", ")}`);
    expect(shared).toEqual([]);
  });

  it("are never imported at run time", () => {
    const wrong = packages.filter(({ from }) => /^src\/(runtime|collectors|propagation|sampling|testing|middleware)\//.test(from));
    expect(wrong.map(show)).toEqual([]);
  });
});

describe("sizes", () => {
  it(`keep a file within ${maxFileLines} lines, tables excepted`, () => {
    const long = sources.filter((file) => linesOf(file) > maxFileLines && !tables.some((table) => table.test(pathOf(file))));
    expect(long.map((file) => `${pathOf(file)}: ${linesOf(file)}`)).toEqual([]);
  });

  it(`keep a function within ${maxFunctionLines} lines`, () => {
    const long = sources.flatMap((file) => file.getDescendants().filter(isFunction).flatMap((node) => {
      const lines = node.getEndLineNumber() - node.getStartLineNumber() + 1;
      return lines > maxFunctionLines ? [`${pathOf(file)}:${node.getStartLineNumber()}: ${lines} lines`] : [];
    }));
    expect(long).toEqual([]);
  });
});

function importsOf(file: SourceFile): readonly Import[] {
  const from = pathOf(file);
  const declared = [...file.getImportDeclarations(), ...file.getExportDeclarations()].flatMap((one): readonly Import[] => {
    const specifier = one.getModuleSpecifierValue();
    return specifier === undefined ? [] : [{ from, to: targetOf(from, specifier), typeOnly: one.isTypeOnly() }];
  });
  const called = file.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call): readonly Import[] => {
    const argument = call.getArguments()[0];
    if (call.getExpression().getKind() !== SyntaxKind.ImportKeyword || !Node.isStringLiteral(argument)) return [];
    return [{ from, to: targetOf(from, argument.getLiteralValue()), typeOnly: false }];
  });
  return [...declared, ...called];
}

function targetOf(from: string, specifier: string): string {
  return specifier.startsWith(".") ? join(dirname(from), specifier).replaceAll("\\", "/").replace(/\.js$/, ".ts") : specifier;
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function roomOf(path: string): string | undefined {
  return Object.keys(arrows).find((room) => path.startsWith(`${room}/`));
}

function pathOf(file: SourceFile): string {
  return relative(root, file.getFilePath()).replaceAll("\\", "/");
}

function linesOf(file: SourceFile): number {
  return file.getFullText().trimEnd().split("\n").length;
}

function packageName(specifier: string): string {
  return specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith("node:") || builtinModules.includes(specifier);
}

function isFunction(node: Node): boolean {
  return Node.isFunctionDeclaration(node) || Node.isFunctionExpression(node) || Node.isArrowFunction(node) || Node.isMethodDeclaration(node);
}

function show({ from, to }: Import): string {
  return `${from} → ${to}`;
}
