/** Builders of generated code: a function that pairs the caller's fields with their descriptor. */
import { contract, type BuiltOriginator, type BuiltPartial, type Issue, type OriginatorBuilder, type OriginatorDescriptor, type PartialBuilder, type PartialDescriptor } from "./contract.js";

/** Makes the builder of a partial. Copies nothing and checks nothing: both happen when the partial is logged. */
export function partialBuilder<Name extends string, Fields extends object, Input extends object = Fields>(
  descriptor: Omit<PartialDescriptor<Name>, "contract" | "kind">,
): PartialBuilder<Name, Fields, Input> {
  const full: PartialDescriptor<Name> = { contract, kind: "partial", ...descriptor };
  const build = (fields: Input): BuiltPartial<Name, Fields> => ({ partial: full.name, fields: asFields<Fields>(fields), descriptor: full });
  return Object.assign(build, { descriptor: full, is: (value: unknown): value is Fields => full.check(value), check: (value: unknown) => issuesOf(full.check, value) });
}

/** Makes the builder of an originator. */
export function originatorBuilder<Name extends string, Fields extends object, Input extends object = Fields>(
  descriptor: Omit<OriginatorDescriptor<Name>, "contract" | "kind">,
): OriginatorBuilder<Name, Fields, Input> {
  const full: OriginatorDescriptor<Name> = { contract, kind: "originator", ...descriptor };
  const build = (fields: Input): BuiltOriginator<Name, Fields> => ({ originator: full.name, fields: asFields<Fields>(fields), descriptor: full });
  return Object.assign(build, { descriptor: full, is: (value: unknown): value is Fields => full.check(value), check: (value: unknown) => issuesOf(full.check, value) });
}

function issuesOf(check: PartialDescriptor["check"], value: unknown): readonly Issue[] {
  const issues: Issue[] = [];
  check(value, issues);
  return issues;
}

/** Named guard: what the caller gave becomes the record's form (Dates to text) when the copy is made. */
function asFields<Fields extends object>(input: object): Fields {
  return input as Fields;
}
