/** Builders of generated code: a function that pairs the caller's fields with their descriptor. */
import { contract, type BuiltOriginator, type BuiltPartial, type Check, type Issue, type ObjectRule, type OriginatorBuilder, type OriginatorDescriptor, type PartialBuilder, type PartialDescriptor, type Rollup, type Slots } from "./contract.js";

/** What a generated module says of its definition. Spelt out: an `Omit<…>` costs the user's compiler a mapped type for each partial. */
export interface DescriptorParts<Name extends string> {
  readonly name: Name;
  readonly check: Check;
  readonly rule: ObjectRule;
  readonly slots?: Slots | undefined;
  readonly repeatable?: { readonly max: number; readonly rollup?: Rollup };
}

export interface PartialParts<Name extends string> extends DescriptorParts<Name> {
  readonly method?: string;
  readonly alwaysKeep?: true;
}

/** Makes the builder of a partial. Copies nothing and checks nothing: both happen when the partial is logged. */
export function partialBuilder<Name extends string, Fields extends object, Input extends object = Fields>(
  descriptor: PartialParts<Name>,
): PartialBuilder<Name, Fields, Input> {
  const full: PartialDescriptor<Name> = { contract, kind: "partial", ...descriptor };
  const build = (fields: Input): BuiltPartial<Name, Fields> => ({ partial: full.name, fields: asFields<Fields>(fields), descriptor: full });
  return Object.assign(build, { descriptor: full, is: (value: unknown): value is Fields => full.check(value), check: (value: unknown) => issuesOf(full.check, value) });
}

/** Makes the builder of an originator. */
export function originatorBuilder<Name extends string, Fields extends object, Input extends object = Fields>(
  descriptor: DescriptorParts<Name>,
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
