// Puts what the declarations of several modules say into one file, which the user's compiler loads faster than a file for each; the modules' own lead there.
import { writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript-5.9";

/**
 * Flattens the modules that `entries` reach by relative imports. `into` is a new file in the same folder or above.
 *
 * @param {{ folder: string, entries: readonly string[], into: string }} options paths of `.d.ts` files below `folder`
 */
export function flattenDeclarations({ folder, entries, into }) {
  const program = ts.createProgram(entries.map((entry) => join(folder, entry)), { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, lib: ["lib.esnext.d.ts"], types: [] });
  const checker = program.getTypeChecker();
  const files = program.getSourceFiles().filter((file) => !program.isSourceFileDefaultLibrary(file));
  const statements = files.flatMap((file) => file.statements.filter((statement) => !ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)));
  const names = finalNames(statements, checker);
  const references = new Set(files.flatMap((file) => file.libReferenceDirectives.map(({ fileName }) => `/// <reference lib="${fileName}" preserve="true" />\n`)));
  writeFileSync(join(folder, into), [...references, ...statements.map((statement) => `${printed(statement, { names, checker })}\n`)].join(""));
  for (const file of files) {
    const path = relative(dirname(file.fileName), join(folder, into)).replaceAll("\\", "/").replace(/\.d\.ts$/, ".js");
    const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(file)).map((symbol) => exportOf(symbol, { names, checker }));
    writeFileSync(file.fileName, `${fileDoc(file)}export { ${exported.sort().join(", ")} } from "${path.startsWith(".") ? path : `./${path}`}";\n`);
  }
}

/** Symbol → its name in the one file: its own, or with a number where an earlier one has that. */
function finalNames(statements, checker) {
  const names = new Map();
  const taken = new Set();
  for (const declaration of statements.flatMap((statement) => (ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : [statement]))) {
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

/** `type Collector`, `createWevt`, `Handling_2 as Handling`. */
function exportOf(symbol, { names, checker }) {
  const target = aliased(symbol, checker);
  const name = names.get(target);
  if (name === undefined) throw new Error(`${symbol.name} is exported, and declared nowhere`);
  return `${(target.flags & ts.SymbolFlags.Value) === 0 ? "type " : ""}${name}${name === symbol.name ? "" : ` as ${symbol.name}`}`;
}

/** What a module says of itself stays with it. */
function fileDoc({ text }) {
  const [first] = ts.getLeadingCommentRanges(text, 0)?.filter(({ kind }) => kind === ts.SyntaxKind.MultiLineCommentTrivia) ?? [];
  return first === undefined ? "" : `${text.slice(first.pos, first.end)}\n`;
}
