/** Which files can reach generated code: only their calls are looked at. */
import { isOthers } from "../program.js";
import { ts } from "../ts-morph.js";

export interface Reach {
  readonly files: readonly ts.SourceFile[];
  /** Files that they import, and that know nothing of generated code: an event may be handed to them as something else. */
  readonly near: readonly ts.SourceFile[];
}

/**
 * Files of the user's own that import generated code, directly or through others. One that reaches it and adds to the types of other modules brings it
 * to everybody: types go where no import leads.
 */
export function reachingFiles(program: ts.Program, isGenerated: (file: string) => boolean): Reach {
  const own = program.getSourceFiles().filter((file) => !isOthers(file, program) && !program.isSourceFileDefaultLibrary(file));
  const checker = program.getTypeChecker();
  const importers = new Map<ts.SourceFile, ts.SourceFile[]>();
  const imports = new Map(own.map((file) => [file, importedFiles(file, checker)]));
  for (const [file, list] of imports) for (const imported of list) put(importers, imported, file);
  const reached = new Set(own.filter((file) => isGenerated(file.fileName)));
  let front = [...reached];
  while (front.length > 0) {
    const next = front.flatMap((file) => (augments(file) ? own : (importers.get(file) ?? []))).filter((file) => !reached.has(file));
    for (const file of next) reached.add(file);
    front = [...new Set(next)];
  }
  const isOwn = (file: ts.SourceFile): boolean => !isGenerated(file.fileName) && !file.isDeclarationFile;
  const files = [...reached].filter(isOwn);
  const near = new Set(files);
  for (const file of near) for (const imported of imports.get(file) ?? []) if (imports.has(imported) && isOwn(imported)) near.add(imported);
  return { files, near: [...near].filter((file) => !reached.has(file)) };
}

function importedFiles(file: ts.SourceFile, checker: ts.TypeChecker): readonly ts.SourceFile[] {
  return specifiersOf(file).flatMap((specifier) => filesOf(checker.getSymbolAtLocation(specifier)));
}

function filesOf(symbol: ts.Symbol | undefined): readonly ts.SourceFile[] {
  return (symbol?.declarations ?? []).map((one) => one.getSourceFile());
}

/** Named guard: the compiler keeps the specifiers of all imports, also those of calls and types, in a field that its types do not show. */
function specifiersOf(file: ts.SourceFile): readonly ts.StringLiteralLike[] {
  return "imports" in file && Array.isArray(file.imports) ? file.imports : [];
}

/** True for a file that adds to the types of others (`declare module "express"`) or of everybody (`declare global`, a script). */
function augments(file: ts.SourceFile): boolean {
  return !ts.isExternalModule(file) || file.statements.some((one) => ts.isModuleDeclaration(one) && ((one.flags & ts.NodeFlags.GlobalAugmentation) !== 0 || ts.isStringLiteral(one.name)));
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
