/**
 * `wevt/emit`: what an emitter of your own needs. An emitter is a pure function from the Registry to files; a project names its module in
 * `emitters` of `wevt.config.yaml`.
 *
 *     import { allFields, describe } from "wevt/emit";
 *
 *     export default {
 *       name: "list",
 *       brief: "One line per field.",
 *       emit: (registry) => [{ path: "fields.txt", text: allFields(registry).map(({ recordPath, field }) => `${recordPath} ${describe(field.value)}\n`).join("") }],
 *     };
 */
import type { Definition, EventDef, Registry } from "../compiler/registry.js";
import { allFields as walkAll, fieldsOf as walk, recordPath, type BaseRecord, type FieldVisit, type Owner } from "./walk.js";

export type * from "../compiler/registry.js";
export type { Emit, EmitContext, Emitter, OutputFile } from "./emitter.js";
export type { UserEmitter } from "./user-emitter.js";
export type { BaseRecord, FieldVisit } from "./walk.js";
export type { Constraint } from "./describe.js";
export { constraintsOf, constraintText, describe, typeText, valuesText } from "./describe.js";
export {
  commentText, docComment, indent, literal, markdownCell, markdownCellCode, markdownCode, markdownComment, markdownFence, markdownLink, markdownText, markdownUrl,
  memberAccess, oneLine, propertyKey, visible, type DocLine,
} from "./text.js";

/** A field, where it stands, and the path that queries use. */
export interface FieldPlace extends FieldVisit {
  readonly owner: Exclude<Definition, EventDef> | BaseRecord;
  /** As in a record: `user.tier`, `llm[].model`, `originator.method`. */
  readonly recordPath: string;
}

/** Every field that a record can hold, at any depth: base record, partials, originators, services, each in schema order. */
export function allFields(registry: Registry): readonly FieldPlace[] {
  return walkAll(registry).map((visit) => place(visit.owner, visit));
}

/** Every field of one definition, each before the fields inside it. An event has none of its own: see its `partials`. */
export function fieldsOf(definition: Definition | BaseRecord): readonly FieldPlace[] {
  return definition.kind === "event" ? [] : walk(definition).map((visit) => place(definition, visit));
}

function place(owner: Owner, visit: FieldVisit): FieldPlace {
  return { ...visit, owner, recordPath: recordPath(owner, visit.field.path) };
}
