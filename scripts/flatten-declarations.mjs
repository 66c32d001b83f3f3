// Puts what the declarations of several modules say into one file, which the user's compiler loads faster than a file for each; the modules' own lead there.
import { writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript-5.9";

/**
 * Puts what the exports of `entries` are made of into the new file `into`; what only other modules need stays where it is.
 *
 * @param {{ folder: string, entries: readonly string[], into: string }} options paths of `.d.ts` files below `folder`
 */
export function flattenDeclarations({ folder, entries, into }) {
  const program = ts.createProgram(entries.map((entry) => join(folder, entry)), { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, lib: ["lib.esnext.d.ts"], types: [] });
  const checker = program.getTypeChecker();
  const files = program.getSourceFiles().filter((file) => !program.isSourceFileDefaultLibrary(file));
  const exportsOf = (file) => checker.getExportsOfModule(checker.getSymbolAtLocation(file)).map((symbol) => ({ symbol, target: aliased(symbol, checker) }));
  const reached = reachedFrom(entries.flatMap((entry) => exportsOf(program.getSourceFile(join(folder, entry)))), { files: new Set(files), checker });
  const moved = files.flatMap((file) => file.statements.filter((statement) => reached.has(statement)));
  const names = finalNames(moved, checker);
  const references = new Set(files.flatMap((file) => file.libReferenceDirectives.map(({ fileName }) => `/// <reference lib="${fileName}" preserve="true" />\n`)));
  writeFileSync(join(folder, into), [...references, ...moved.map((statement) => `${printed(statement, { names, checker })}\n`)].join(""));
  for (const file of files) {
    const path = relative(dirname(file.fileName), join(folder, into)).replaceAll("\\", "/").replace(/\.d\.ts$/, ".js");
    const place = path.startsWith(".") ? path : `./${path}`;
    const exported = exportsOf(file).filter(({ target }) => names.has(target));
    const isWhole = exported.length === exportsOf(file).length && file.statements.every((statement) => reached.has(statement) || isPassing(statement));
    writeFileSync(file.fileName, isWhole ? `${fileDoc(file)}${listed("export", exported, { names, place })}` : withoutMoved(file, { reached, names, checker, place }));
  }
}

/** Imports and re-exports. */
function isPassing(statement) {
  return ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement);
}

/** The statements that declare these symbols, and whatever those name. */
function reachedFrom(exported, { files, checker }) {
  const reached = new Set();
  const todo = exported.map(({ target }) => target);
  const visit = (node) => {
    if (ts.isIdentifier(node)) todo.push(aliased(checker.getSymbolAtLocation(node), checker));
    ts.forEachChild(node, visit);
  };
  while (todo.length > 0) {
    for (const declaration of todo.pop()?.declarations ?? []) {
      const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
      if (!files.has(statement.parent) || reached.has(statement) || isPassing(statement)) continue;
      reached.add(statement);
      visit(statement);
    }
  }
  return reached;
}

/** The module without what was moved, which it names and exports as before. */
function withoutMoved(file, { reached, names, checker, place }) {
  const own = declarationsIn(file.statements.filter((statement) => reached.has(statement))).map((declaration) => checker.getSymbolAtLocation(declaration.name));
  if (own.length === 0) return file.text;
  const pairs = [...new Set(own)].map((symbol) => ({ symbol, target: symbol }));
  const exported = new Set(checker.getExportsOfModule(checker.getSymbolAtLocation(file)));
  const rest = file.statements.filter((statement) => !reached.has(statement)).map((statement) => file.text.slice(statement.pos, statement.end)).join("").trimStart();
  const doc = rest.startsWith("/**") ? "" : fileDoc(file);
  return `${doc}${rest}\n${listed("import", pairs, { names, place })}${listed("export", pairs.filter(({ symbol }) => exported.has(symbol)), { names, place })}`;
}

/** `export { type Collector, createWevt, type Handling_2 as Handling } from "./declarations.js";` */
function listed(keyword, pairs, { names, place }) {
  const list = pairs.map(({ symbol, target }) => `${(target.flags & ts.SymbolFlags.Value) === 0 ? "type " : ""}${names.get(target)}${names.get(target) === symbol.name ? "" : ` as ${symbol.name}`}`);
  return list.length === 0 ? "" : `${keyword} { ${list.sort().join(", ")} } from "${place}";\n`;
}

function declarationsIn(statements) {
  return statements.flatMap((statement) => (ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : [statement]));
}

/** Symbol → its name in the one file: its own, or with a number where an earlier one has that. */
function finalNames(statements, checker) {
  const names = new Map();
  const taken = new Set();
  for (const declaration of declarationsIn(statements)) {
    const symbol = declaration.name === undefined ? undefined : checker.getSymbolAtLocation(declaration.name);
    if (symbol === undefined) throw new Error(`${declaration.getSourceFile().fileName}: what is declared here has no name of its own: ${declaration.getText()}`);
    if (names.has(symbol)) continue;
    let name = symbol.name;
    for (let number = 2; taken.has(name); number++) name = `${symbol.name}_${number}`;
    taken.add(name);
    names.set(symbol, name);
  }
  return names;
}

/** The text of a statement with its comment, every name as it is in the one file. */
function printed(statement, { names, checker }) {
  const start = ts.getLeadingCommentRanges(statement.getSourceFile().text, statement.pos)?.at(-1)?.pos ?? statement.getStart();
  const changes = [];
  const visit = (node) => {
    if (ts.isImportTypeNode(node)) throw new Error(`${node.getSourceFile().fileName}: ${node.getText()} was inferred: say the type in the source`);
    if (ts.isIdentifier(node)) {
      const name = names.get(aliased(checker.getSymbolAtLocation(node), checker));
      if (name !== undefined && name !== node.text) changes.push({ from: node.getStart(), to: node.end, name });
    }
    ts.forEachChild(node, visit);
  };
  visit(statement);
  let text = statement.getSourceFile().text.slice(start, statement.end);
  for (const { from, to, name } of changes.sort((left, right) => right.from - left.from)) text = text.slice(0, from - start) + name + text.slice(to - start);
  return text;
}

function aliased(symbol, checker) {
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
}

/** What a module says of itself stays with it. */
function fileDoc({ text }) {
  const [first] = ts.getLeadingCommentRanges(text, 0)?.filter(({ kind }) => kind === ts.SyntaxKind.MultiLineCommentTrivia) ?? [];
  return first === undefined ? "" : `${text.slice(first.pos, first.end)}\n`;
}
