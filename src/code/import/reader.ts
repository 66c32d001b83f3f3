/** What every step of reading types is given: where problems go, and where a node stands. */
import { diagnostic, type Diagnostic } from "../../compiler/diagnostics.js";
import type { SourceFile as Text, Span } from "../../compiler/source.js";
import { UnreadableProject } from "../program.js";
import type { Node, Type } from "../ts-morph.js";

export interface Reader {
  readonly report: (one: Diagnostic) => void;
  readonly spanOf: (node: Node) => Span;
  /** Throws UnreadableProject where the types have more fields than anybody queries. */
  readonly countField: (path: string) => void;
}

/** Types of a whole library may be met by accident, and have no end. */
const mostFields = 10_000;

/** A type's place: its path in the registry, the node that says it, and the types around it. */
export interface Spot {
  readonly path: string;
  readonly node: Node;
  readonly open: readonly Type[];
  /** An element or the value of a map: it cannot be absent. */
  readonly present?: boolean;
}

/** Paths of files as messages show them. */
export type ShowPath = (absolute: string) => string;

export function createReader(report: (one: Diagnostic) => void, show: ShowPath): Reader {
  const sources = new Map<string, Text>();
  let fields = 0;
  return {
    report,
    countField: (path) => {
      if (++fields > mostFields) throw new UnreadableProject(`the types have more than ${mostFields} fields; the one after that is ${path}. Leave out what is no data`);
    },
    spanOf: (node) => {
      const file = node.getSourceFile();
      const path = file.getFilePath();
      const source = sources.get(path) ?? { path: show(path), text: file.getFullText() };
      sources.set(path, source);
      return { source, start: node.getStart(), end: node.getEnd() };
    },
  };
}

/** The type as TypeScript prints it, on one line, for messages and comments. */
export function typeText(type: Type, node: Node): string {
  return type.getText(node).replace(/import\("[^"]*"\)\./g, "").replace(/\s+/g, " ");
}

export function leftOut(reader: Reader, { path, node }: Spot, { why, cure }: Reason): undefined {
  reader.report(diagnostic("IMPORT_LEFT_OUT", { path, why, cure }, { at: reader.spanOf(node) }));
}

/** Why something is not imported as it is, and what to write instead. */
export interface Reason {
  readonly why: string;
  readonly cure: string;
}
