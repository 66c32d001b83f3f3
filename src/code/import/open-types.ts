/** Opens a TypeScript file with everything it imports, and finds the type to import. */
import { basename } from "node:path";
import { UnreadableProject } from "../program.js";
import { Node, Project, ts, type SourceFile } from "../ts-morph.js";

export interface TypesToOpen {
  /** Absolute. */
  readonly file: string;
  /** Absolute path of a tsconfig.json; without one, defaults are used. */
  readonly tsconfig?: string;
}

/** The file; throws UnreadableProject. `strictNullChecks` is on in any case: without it null and undefined have no types. */
export function openTypes({ file, tsconfig }: TypesToOpen): SourceFile {
  const source = projectOf(tsconfig).addSourceFileAtPath(file);
  const [mistake] = source.getProject().getProgram().getSyntacticDiagnostics(source);
  if (mistake !== undefined) throw new UnreadableProject(`line ${mistake.getLineNumber() ?? 1} is not TypeScript: ${ts.flattenDiagnosticMessageText(mistake.compilerObject.messageText, " ")}`);
  return source;
}

function projectOf(tsconfig: string | undefined): Project {
  const strict = { strictNullChecks: true, exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false, noEmit: true };
  if (tsconfig === undefined) return new Project({ compilerOptions: { ...strict, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler } });
  try {
    return new Project({ tsConfigFilePath: tsconfig, skipAddingFilesFromTsConfig: true, compilerOptions: strict });
  } catch (error) {
    throw new UnreadableProject(`${basename(tsconfig)} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The declaration of a type that the file declares or exports. */
export function findType(file: SourceFile, name: string): Node | undefined {
  const own = [...file.getInterfaces(), ...file.getTypeAliases(), ...file.getClasses()].find((one) => one.getName() === name);
  return own ?? file.getExportedDeclarations().get(name)?.find(isType);
}

/** Names of types whose properties may be partials: the exported ones, else all; those of objects of objects first. */
export function candidates(file: SourceFile): readonly string[] {
  const exported = [...file.getExportedDeclarations()].flatMap(([name, nodes]) => nodes.filter(isType).map((node) => ({ name, node })));
  const own = [...file.getInterfaces(), ...file.getTypeAliases(), ...file.getClasses()].map((node) => ({ name: node.getName() ?? "", node }));
  const all = (exported.length > 0 ? exported : own).filter(({ name, node }) => name !== "" && node.getType().isObject());
  const likely = all.filter(({ node }) => isLikely(node));
  return [...likely, ...all.filter((one) => !likely.includes(one))].map(({ name }) => name);
}

function isType(node: Node): boolean {
  return Node.isInterfaceDeclaration(node) || Node.isTypeAliasDeclaration(node) || Node.isClassDeclaration(node);
}

/** Every property is an object. */
function isLikely(node: Node): boolean {
  const types = node.getType().getProperties().map((one) => one.getTypeAtLocation(node).getNonNullableType());
  return types.length > 0 && types.every((type) => type.isObject() || type.isIntersection());
}
