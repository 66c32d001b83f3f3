/** Reads the user's code: who writes what. The one way in for `wevt usage`. */
import { relative } from "node:path/posix";
import type { Registry } from "../../compiler/registry.js";
import { isOthers, loadProjects, type LoadedProject } from "../program.js";
import { ts } from "../ts-morph.js";
import { collectCalls } from "./calls.js";
import { generatedOf, type GeneratedOptions } from "./generated.js";
import type { Gap, GapReason, Place, Position, Reading } from "./model.js";
import { reachingFiles } from "./reach.js";
import { symbolsOf } from "./symbols.js";
import { type Targets, targetsOf } from "./targets.js";
import { type Sighting, sightingsOf } from "./ways.js";

export interface ReadUsageOptions {
  readonly registry: Registry;
  /** Absolute, with `/`: paths in the result are relative to it. */
  readonly root: string;
  /** Paths of tsconfig files, absolute. */
  readonly projects: readonly string[];
  readonly outs: GeneratedOptions["outs"];
}

export interface ReadUsage extends Reading {
  /** Everything that the result follows from, besides the Registry: for a cache. */
  readonly inputs: readonly string[];
  readonly folders: readonly { readonly path: string; readonly recursive: boolean }[];
  readonly projects: readonly string[];
  /** Modules that own code imports and the compiler does not find, each with the first file that does: what goes through them is not seen. */
  readonly missing: readonly { readonly name: string; readonly file: string }[];
  /** Why nothing could be read. */
  readonly problem?: "no-generated-code" | "no-runtime";
}

export function readUsage({ registry, root, projects, outs }: ReadUsageOptions): ReadUsage {
  const loaded = loadProjects(projects);
  const targets = targetsOf(registry);
  const all = loaded.projects.map((project) => readProject(project, { registry, root, outs, targets }));
  const { inputs, folders } = loaded;
  const whole = { inputs, folders, projects: loaded.projects.map((one) => relative(root, one.path)) };
  const good = all.filter((one) => typeof one !== "string");
  const problem = all.every((one) => one === "no-generated-code") ? "no-generated-code" : all.includes("no-runtime") ? "no-runtime" : undefined;
  if (problem !== undefined) return { ...whole, places: [], gaps: [], files: 0, followed: 0, missing: [], problem };
  // A wrapper that one project of several calls is followed there; the others know only its types.
  const called = new Set(good.flatMap((one) => one.called));
  const isKnown = (one: Told<unknown>): boolean => !one.uncalled.some((place) => called.has(place));
  return {
    ...whole,
    places: inOrder(unique(good.flatMap((one) => one.places.filter(isKnown).map(({ told }) => told)), keyOf, joined)),
    gaps: inOrder(unique(good.flatMap((one) => one.gaps.filter(isKnown).map(({ told }) => told)), keyOf, (one) => one)),
    files: new Set(good.flatMap((one) => one.files)).size,
    followed: new Set(good.flatMap((one) => one.followed)).size,
    missing: unique(good.flatMap((one) => one.missing), ({ name }) => name, (one) => one),
  };
}

interface Told<T> {
  readonly told: T;
  /** Places of functions that nothing in this project calls. */
  readonly uncalled: readonly string[];
}

interface One {
  readonly places: readonly Told<Place>[];
  readonly gaps: readonly Told<Gap>[];
  /** Places of functions that this project calls. */
  readonly called: readonly string[];
  readonly files: readonly string[];
  readonly followed: readonly string[];
  readonly missing: ReadUsage["missing"];
}

type Shared = Pick<ReadUsageOptions, "registry" | "root" | "outs"> & { readonly targets: Targets };

function readProject({ program }: LoadedProject, { registry, root, outs, targets }: Shared): One | "no-generated-code" | "no-runtime" {
  const checker = program.getTypeChecker();
  const runtime = { folder: "" };
  const generated = generatedOf({ registry, targets, outs }, (file) => runtime.folder !== "" && file.startsWith(runtime.folder));
  const written = program.getSourceFiles().filter((file) => generated.isGenerated(file.fileName));
  if (written.length === 0) return "no-generated-code";
  runtime.folder = runtimeFolder(written, checker) ?? "";
  if (runtime.folder === "") return "no-runtime";
  const symbols = symbolsOf(checker, generated);
  const { files, near } = reachingFiles(program, generated.isGenerated);
  const calls = collectCalls(files, { symbols, generated, near, handle: handleIn(written, checker) });
  const called = new Set<ts.Node>();
  const sightings = calls.sinks.flatMap((sink) => sightingsOf(sink, { symbols, generated, targets, calls, called }));
  const own = sightings.filter((one) => !generated.isGenerated(one.node.getSourceFile().fileName));
  const passed = calls.passed.map(({ node, known, reason }): Gap => ({ ...positionOf(node, root), path: known.target.path, kind: known.target.kind, reason }));
  const ownFiles = program.getSourceFiles().filter((file) => !file.isDeclarationFile && !isOthers(file, program) && !generated.isGenerated(file.fileName));
  return {
    places: own.flatMap((one) => (one.reason === undefined ? [{ told: placeOf(one, root), uncalled: one.uncalled.map(whereIs) }] : [])),
    gaps: [...own.flatMap((one) => (one.reason === undefined ? [] : [{ told: gapOf(one, one.reason, root), uncalled: one.uncalled.map(whereIs) }])), ...passed.map((told) => ({ told, uncalled: [] }))],
    called: [...called].map(whereIs),
    files: ownFiles.map((file) => file.fileName),
    followed: files.map((file) => file.fileName),
    missing: ownFiles.flatMap((file) => missingIn(file, program, checker).map((name) => ({ name, file: relative(root, file.fileName) }))),
  };
}

/** The type of a handle of any event. */
function handleIn(written: readonly ts.SourceFile[], checker: ts.TypeChecker): ts.Type | undefined {
  const found = written.flatMap((file) => file.statements.filter(ts.isInterfaceDeclaration)).find((one) => one.name.text === "WideEvent");
  return found === undefined ? undefined : checker.getTypeAtLocation(found);
}

/** A module without types is found, too. */
function missingIn(file: ts.SourceFile, program: ts.Program, checker: ts.TypeChecker): readonly string[] {
  return file.statements.flatMap((statement) => {
    const named = (ts.isImportDeclaration(statement) && statement.importClause !== undefined) || ts.isExportDeclaration(statement) ? statement.moduleSpecifier : undefined;
    if (named === undefined || !ts.isStringLiteral(named) || checker.getSymbolAtLocation(named) !== undefined) return [];
    return ts.resolveModuleName(named.text, file.fileName, program.getCompilerOptions(), ts.sys, undefined, undefined, file.impliedNodeFormat).resolvedModule === undefined ? [named.text] : [];
  });
}

/** The folder of the declarations of `wevt`, as generated code imports them. */
function runtimeFolder(written: readonly ts.SourceFile[], checker: ts.TypeChecker): string | undefined {
  for (const file of written) {
    for (const statement of file.statements) {
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier) || statement.moduleSpecifier.text !== "wevt") continue;
      const found = checker.getSymbolAtLocation(statement.moduleSpecifier)?.declarations?.[0]?.getSourceFile().fileName;
      if (found !== undefined) return found.slice(0, found.lastIndexOf("/") + 1);
    }
  }
  return undefined;
}

function whereIs(node: ts.Node): string {
  return `${node.getSourceFile().fileName}:${node.pos}`;
}

function placeOf({ target, node, sure, events, chain }: Sighting, root: string): Place {
  const { kind, path } = target;
  return { ...positionOf(node, root), path, kind, events: kind === "event" ? [] : events, conditional: !sure, through: chain.map((site) => positionOf(site.node, root)) };
}

function gapOf({ target: { kind, path }, node }: Sighting, reason: GapReason, root: string): Gap {
  return { ...positionOf(node, root), path, kind, reason };
}

function positionOf(node: ts.Node, root: string): Position {
  const source = node.getSourceFile();
  const start = node.getStart(source);
  const { line, character } = source.getLineAndCharacterOfPosition(start);
  return { file: relative(root, source.fileName), line: line + 1, column: character + 1, start, end: node.getEnd() };
}

/** One of each key; `join` makes one of two. */
function unique<T>(list: readonly T[], key: (one: T) => string, join: (one: T, other: T) => T): readonly T[] {
  const found = new Map<string, T>();
  for (const one of list) {
    const known = found.get(key(one));
    found.set(key(one), known === undefined ? one : join(known, one));
  }
  return [...found.values()];
}

/** Of several ways to one place: sure if one is, for all events that one of them is for, by the shortest. */
function joined(one: Place, other: Place): Place {
  const isAny = one.events.length === 0 || other.events.length === 0;
  const shortest = one.through.length <= other.through.length ? one : other;
  return { ...shortest, conditional: one.conditional && other.conditional, events: isAny ? [] : [...new Set([...one.events, ...other.events])].sort() };
}

function keyOf({ file, start, kind, path }: Place | Gap): string {
  return [file, start, kind, path].join("|");
}

function inOrder<T extends Place | Gap>(list: readonly T[]): readonly T[] {
  return [...list].sort((one, other) => compare(one.path, other.path) || compare(one.file, other.file) || one.start - other.start);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
