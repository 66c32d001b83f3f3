/** `oneOf` of objects that one property with a const tells apart; beside them may stand null. */
import { diagnostic } from "../diagnostics.js";
import type { Field, ObjectShape, VariantCase, Variants } from "../registry.js";
import type { Span } from "../source.js";
import { isNullType, listAt } from "./keywords-of.js";
import { inheritedBelow, metaOf } from "./meta.js";
import { objectShape } from "./object.js";
import { expand, headOf, type Expanded } from "./reference.js";
import type { Scope } from "./scope.js";

type Case = Omit<VariantCase, "value">;

/** The variants of an expanded node with a `oneOf` that is not of consts; undefined after a mistake, which is reported. */
export function variantsOf(scope: Scope, { keywords, place }: Expanded, spot: { readonly path: string; readonly at: Span }): Variants | undefined {
  for (const keyword of ["properties", "required", "allOf", "additionalProperties", "patternProperties"]) {
    const entry = keywords.get(keyword);
    if (entry !== undefined) scope.report(diagnostic("VARIANT_SIBLING", { keyword }, { at: entry.keySpan }));
  }
  const cases = (listAt(keywords, "oneOf") ?? []).flatMap((node, index): readonly (Case | undefined)[] => {
    if (isNullType(node)) return [];
    const inner = expand(scope, { ...place, pointer: `${place.pointer}/oneOf/${index}` }, node);
    if (inner === undefined) return [undefined];
    const inside = { ...inner.place, path: place.path, pointer: `${place.pointer}/oneOf/${index}` };
    const below = { ...inside, inherited: inheritedBelow(inside.inherited, inner.keywords) };
    return [{ object: objectShape(scope, below, inner.keywords), meta: metaOf(inner.keywords, below.inherited, undefined) }];
  });
  const resolved = cases.filter((one) => one !== undefined);
  if (resolved.length < cases.length) return undefined;
  const discriminator = discriminatorOf(resolved.map((one) => one.object));
  if (discriminator === undefined) {
    scope.report(diagnostic("NO_DISCRIMINATOR", { path: spot.path }, { at: keywords.get("oneOf")?.keySpan ?? headOf(spot.at) }));
    return undefined;
  }
  return { discriminator, cases: resolved.map((one) => ({ ...one, value: constantOf(one.object, discriminator) ?? "" })) };
}

/** The first property that is required and constant in every case, with a different value in each. */
function discriminatorOf(objects: readonly ObjectShape[]): string | undefined {
  const candidates = objects[0]?.fields.map((field) => field.name) ?? [];
  return candidates.find((name) => objects.every((object) => constantOf(object, name) !== undefined));
}

function constantOf(object: ObjectShape, name: string): string | number | boolean | undefined {
  const field: Field | undefined = object.fields.find((one) => one.name === name);
  const only = field?.value.values?.length === 1 ? field.value.values[0]?.value : undefined;
  if (field?.required !== true) return undefined;
  return typeof only === "string" || typeof only === "number" || typeof only === "boolean" ? only : undefined;
}
