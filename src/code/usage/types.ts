/** What the type of a value says that it sets, where the value itself cannot be followed. */
import { ts } from "../ts-morph.js";
import type { End } from "./expand.js";
import type { Found } from "./follow.js";
import type { Symbols } from "./symbols.js";
import { isLeaf, type Target } from "./targets.js";

export interface ByType {
  readonly end: End;
  readonly target: Target;
  readonly symbols: Symbols;
  readonly found: Found;
}

/** A property that the type requires is set; one that it makes optional is a gap; a type without names is a gap for everything. */
export function writeByType({ end, target, symbols: { checker }, found }: ByType): void {
  visit(checker.getTypeAtLocation(end.node), target, { end, checker, found, sure: end.sure });
}

interface Visiting {
  readonly end: End;
  readonly checker: ts.TypeChecker;
  readonly found: Found;
  readonly sure: boolean;
}

const nullish = ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void | ts.TypeFlags.Never;

function visit(type: ts.Type, target: Target, visiting: Visiting): void {
  const { checker, end, found } = visiting;
  if (isLeaf(target)) return;
  const whole = checker.getBaseConstraintOfType(type) ?? type;
  const parts = (whole.isUnion() ? whole.types : [whole]).filter((one) => (one.flags & (nullish | ts.TypeFlags.BooleanLiteral)) === 0);
  if (parts.some((one) => (one.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive)) !== 0)) return found.gap(target, end.node, "any");
  const element = parts.map((one) => (checker.isArrayLikeType(one) ? checker.getIndexTypeOfType(one, ts.IndexKind.Number) : undefined)).find((one) => one !== undefined);
  if (element !== undefined) {
    for (const one of target.items.length === 0 ? [target] : target.items) visit(element, one, { ...visiting, sure: false });
    return;
  }
  for (const [name, targets] of target.named) {
    if (end.without?.has(name) !== true) for (const one of targets) visitKey(parts, { name, target: one }, visiting);
  }
  for (const part of parts) {
    const rest = checker.getIndexTypeOfType(part, ts.IndexKind.String);
    if (rest === undefined) continue;
    if (target.named.size > 0) found.gap(target, end.node, "open-type");
    for (const one of target.others) visit(rest, one, { ...visiting, sure: false });
  }
}

function visitKey(parts: readonly ts.Type[], { name, target }: { readonly name: string; readonly target: Target }, visiting: Visiting): void {
  const { checker, end, found } = visiting;
  const properties = parts.map((part) => checker.getPropertyOfType(part, name)).filter((one) => one !== undefined);
  if (properties.length === 0) return;
  const types = properties.map((one) => checker.getTypeOfSymbolAtLocation(one, end.node));
  const certain = properties.filter((one, index) => (one.flags & ts.SymbolFlags.Optional) === 0 && !mayBeMissing(types[index]));
  const sure = visiting.sure && certain.length === parts.length;
  if (certain.length > 0) found.write(target, end.node, sure);
  else if (types.every((one) => (one.flags & nullish) !== 0)) return;
  else found.gap(target, end.node, "optional");
  for (const type of certain.length > 0 ? types : []) visit(checker.getNonNullableType(type), target, { ...visiting, sure });
}

function mayBeMissing(type: ts.Type | undefined): boolean {
  if (type === undefined || (type.flags & ts.TypeFlags.Undefined) !== 0) return true;
  return type.isUnion() && type.types.some((one) => (one.flags & ts.TypeFlags.Undefined) !== 0);
}
