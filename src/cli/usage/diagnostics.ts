/** Findings as diagnostics, each at its place: in a schema, or in the user's code. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { diagnostic, type Diagnostic } from "../../compiler/diagnostics.js";
import type { Definition, Field, Registry } from "../../compiler/registry.js";
import { spanAt, type SourceFile, type Span } from "../../compiler/source.js";
import type { Finding, GapReason, Position } from "../../code/usage/index.js";
import { allFields } from "../../emit/walk.js";
import type { ReadProject } from "../read-project.js";

export interface Sources {
  /** A place in a schema. */
  readonly inSchema: (finding: Finding) => { readonly at?: Span };
  /** A place in code. */
  readonly inCode: (position: Position) => Span;
  readonly isImported: (finding: Finding) => boolean;
}

export function sourcesOf(project: ReadProject, registry: Registry): Sources {
  const files = new Map<string, SourceFile>();
  const definitions = new Map<string, Definition>([...registry.events, ...registry.partials, ...registry.originators, ...registry.services].map((one) => [`${one.kind}:${one.name}`, one]));
  const fields = new Map<string, Field>(allFields(registry).map(({ owner, field }) => [`${owner.kind}:${owner.name} ${field.path}`, field]));
  return {
    inSchema: ({ about: { definition, path } }) => {
      const origin = (path === undefined ? undefined : fields.get(`${definition} ${path}`)?.origin) ?? definitions.get(definition)?.origin;
      return origin === undefined ? {} : { at: spanAt(project.files, origin) };
    },
    inCode: ({ file, start, end }) => {
      const source = files.get(file) ?? { path: file, text: readFileSync(join(project.root, file), "utf8") };
      files.set(file, source);
      return { source, start, end };
    },
    isImported: ({ about }) => definitions.get(about.definition)?.importedFrom !== undefined,
  };
}

export function findingDiagnostic(finding: Finding, { inSchema, inCode, isImported }: Sources): Diagnostic {
  const subject = shown(finding.subject);
  switch (finding.kind) {
    case "never-set": {
      const found = diagnostic("NEVER_SET", { subject, isImported: isImported(finding), isEvent: finding.subject.startsWith("event:") }, inSchema(finding));
      return isImported(finding) ? { ...found, severity: "info" } : found;
    }
    case "only-in-tests":
      return diagnostic("ONLY_IN_TESTS", { subject }, { ...inSchema(finding), related: finding.places.slice(0, maxRelated).map((one) => ({ at: inCode(one), message: "set here" })) });
    case "required-not-set": {
      const [by, what] = finding.subject.includes(" ") ? finding.subject.split(" ") : [finding.about.definition, finding.subject];
      const first = finding.places[0];
      const at = finding.about.path === undefined && first !== undefined ? { at: inCode(first) } : inSchema(finding);
      return diagnostic("REQUIRED_NOT_SET", { subject: what ?? subject, by: shown(by ?? ""), isPartial: finding.subject.includes(" ") }, at);
    }
    case "deprecated": {
      const [first, ...others] = finding.places;
      const { replacedBy, note, removeAfter } = finding.deprecation;
      const said = { ...(replacedBy === undefined ? {} : { replacedBy }), ...(note === undefined ? {} : { note }), ...(removeAfter === undefined ? {} : { removeAfter }) };
      const place = first === undefined ? inSchema(finding) : { at: inCode(first), related: others.slice(0, maxRelated).map((one) => ({ at: inCode(one), message: "and here" })) };
      return diagnostic("DEPRECATED_SET", { subject, places: finding.places.length, ...said }, place);
    }
    case "unknown": {
      const { path, reason } = finding.gap;
      return diagnostic("NOT_FOLLOWED", { subject: path === "" ? "any partial" : path, reason: reasons[reason] }, { at: inCode(finding.gap) });
    }
    default: {
      const never: never = finding;
      return never;
    }
  }
}

/** How many other places of a finding are shown. */
const maxRelated = 10;

/** `event:agent.execution` → `the event agent.execution`. */
function shown(subject: string): string {
  return subject.replace(/^(partial|originator|service|event):/, "the $1 ");
}

export const reasons: { readonly [R in GapReason]: string } = {
  any: "the type of the value says nothing",
  "open-type": "the type of the value takes any name",
  optional: "the type of the value says that it may be there",
  name: "the name is computed",
  "passed-on": "what writes it is passed on to where it is not followed",
  "too-deep": "more functions stand between than are followed",
};

/** `file:line:column` */
export function positionText({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}
