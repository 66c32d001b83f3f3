/** What one writing call writes, by every way that leads to it: a wrapper is followed to the calls that give its parameters. */
import { ts } from "../ts-morph.js";
import type { CallSite, Calls, Sink } from "./calls.js";
import { bind, type Env, noEnv, pick, type Value, expand } from "./expand.js";
import { follow, type Following, type Found } from "./follow.js";
import type { Generated } from "./generated.js";
import { maxDepth, maxWays, type GapReason } from "./model.js";
import { type Symbols, unwrapped } from "./symbols.js";
import { listOf, type Target, type Targets } from "./targets.js";
import { textsOf } from "./texts.js";

/** A write or a gap, still with its node. */
export interface Sighting {
  readonly target: Target;
  readonly node: ts.Node;
  readonly sure: boolean;
  /** Present on a gap. */
  readonly reason?: GapReason;
  readonly events: readonly string[];
  readonly chain: readonly CallSite[];
  /** Functions whose calls would tell more, and that nothing in this program calls. */
  readonly uncalled: readonly ts.Node[];
}

export interface Ways {
  readonly symbols: Symbols;
  readonly generated: Generated;
  readonly targets: Targets;
  readonly calls: Calls;
  /** Functions that were followed to their calls. */
  readonly called: Set<ts.Node>;
}

/** Everything that a writing call writes. */
export function sightingsOf(sink: Sink, ways: Ways): readonly Sighting[] {
  const sightings: Sighting[] = [];
  const events = eventsOf(sink, ways);
  let left = maxWays;
  const walkWay = (chain: readonly CallSite[]): void => {
    const own: Omit<Sighting, "uncalled">[] = [];
    const found: Found = {
      write: (target, node, sure) => void own.push({ target, node, sure, events, chain: chainTo(node, chain, sink) }),
      gap: (target, node, reason) => void own.push({ target, node, sure: false, reason, events, chain: chainTo(node, chain, sink) }),
    };
    const following: Following = { symbols: ways.symbols, names: ways.calls.names, needs: new Set(), active: new Set(), open: new Map(), found };
    writeSink(sink, { env: envOf(chain), following, ways, events });
    const { callers, isOpen, called } = callersOf(following.needs, ways.calls);
    if (called !== undefined) ways.called.add(called);
    const isFar = callers.length > 0 && (chain.length >= maxDepth || left < callers.length);
    if (isFar) return void sightings.push(...own.map((one) => ({ ...one, ...(one.reason === undefined ? {} : { reason: "too-deep" as const }), uncalled: [] })));
    left -= callers.length;
    const uncalled = callers.length === 0 ? [...following.needs] : [];
    if (callers.length === 0 || isOpen) sightings.push(...own.map((one) => ({ ...one, uncalled })));
    for (const caller of callers) walkWay([...chain, caller]);
  };
  walkWay(sink.chain);
  return sightings;
}

/** The calls of the first function that has some; it is open when others may call it, too. */
function callersOf(needs: ReadonlySet<ts.Node>, calls: Calls): { readonly callers: readonly CallSite[]; readonly isOpen: boolean; readonly called?: ts.Node } {
  for (const one of needs) {
    const callers = calls.callersOf(one);
    if (callers.length > 0) return { callers, isOpen: calls.isGivenAway(one), called: one };
  }
  return { callers: [], isOpen: false };
}

/** The parameters along a way: the outermost call first, since the arguments of the inner ones stand in it. */
function envOf(chain: readonly CallSite[]): Env {
  let env: Env = noEnv;
  for (const { called, args } of [...chain].reverse()) if (called !== undefined) env = bind(called, args, { env, depth: 0 });
  return env;
}

/** The calls between a place and the write that it leads to. */
function chainTo(node: ts.Node, chain: readonly CallSite[], sink: Sink): readonly CallSite[] {
  const within = chain.findIndex((site) => isWithin(node, site.node));
  if (within < 0) return [];
  return [{ node: sink.node, args: [] }, ...chain.slice(0, within)];
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node.getSourceFile() === outer.getSourceFile() && node.pos >= outer.pos && node.end <= outer.end;
}

interface Writing {
  readonly env: Env;
  readonly following: Following;
  readonly ways: Ways;
  readonly events: readonly string[];
}

function writeSink(sink: Sink, { env, following, ways, events }: Writing): void {
  const { known, callee, args } = sink;
  const first = args[0];
  const { write, gap } = following.found;
  const value = (node: ts.Expression): Value => ({ node, env, depth: 0 });
  switch (known.kind) {
    case "partial-builder":
    case "originator-builder":
    case "method":
      write(known.target, nameOf(callee), sink.sure);
      if (sink.elements !== undefined) return follow(value(sink.elements), listOf(known.target), true, following);
      if (first === undefined) return;
      if (ts.isSpreadElement(first)) return gap(known.target, first, "any");
      return follow(value(first), known.target, sink.sure, following);
    case "set":
      return first === undefined ? undefined : follow(value(first), ways.targets.all, true, following);
    case "path":
      return first === undefined ? undefined : writePaths(value(first), following, ways);
    case "log":
      return first === undefined ? undefined : checkLogged(value(first), following, ways);
    case "open":
      for (const event of events) write({ ...ways.targets.all, kind: "event", path: event }, nameOf(callee), true);
      return;
    case "create": {
      const service = first === undefined ? undefined : pick(expand(value(first), following), "service", following);
      for (const end of service ?? []) {
        if (ways.targets.service.path !== "") write(ways.targets.service, end.node, end.sure);
        follow(end, ways.targets.service, true, following);
      }
      return;
    }
    default: {
      const never: never = known;
      return never;
    }
  }
}

/** `add("llm.tokensIn", 12)` writes the field and the partial. */
function writePaths(value: Value, { found, ...following }: Following, { targets }: Ways): void {
  const { texts, complete } = textsOf(value, following);
  const isSure = complete && texts.length === 1;
  for (const text of texts) {
    const steps = text.split(".").map((_, index, all) => all.slice(0, index + 1).join("."));
    for (const step of steps) for (const target of targets.byPath.get(step) ?? []) found.write(target, value.node, isSure);
  }
  if (!complete) found.gap(targets.all, value.node, "name");
}

/** What is logged was built by a builder, which has been seen; of a value without a type nobody knows. */
function checkLogged(value: Value, following: Following, { symbols, targets }: Ways): void {
  for (const { node } of expand(value, following)) {
    if (ts.isCallExpression(node) && symbols.knownOf(symbols.symbolOf(node.expression)) !== undefined) continue;
    if (ts.isSpreadElement(node)) continue;
    if ((symbols.checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) !== 0) following.found.gap(targets.all, node, "any");
  }
}

/** The node that names what is called. */
function nameOf(callee: ts.Expression): ts.Node {
  const inner = unwrapped(callee);
  return ts.isPropertyAccessExpression(inner) ? inner.name : inner;
}

/** The events whose handle the receiver is; of a builder, the receiver of the call that logs what it built. Empty: any event. */
function eventsOf(sink: Sink, ways: Ways): readonly string[] {
  const { kind } = sink.known;
  if (kind === "create" || kind === "originator-builder") return [];
  if (kind !== "partial-builder") return eventsOfReceiver(sink, ways);
  const { parent } = sink.node;
  if (!ts.isCallExpression(parent) || ways.symbols.knownOf(ways.symbols.symbolOf(parent.expression))?.kind !== "log") return [];
  return eventsOfReceiver({ ...sink, callee: parent.expression, known: { kind: "log" } }, ways);
}

function eventsOfReceiver({ callee, known }: Sink, { symbols, generated }: Ways): readonly string[] {
  const type = receiverType(unwrapped(callee), symbols);
  if (type === undefined) return [];
  const handles = known.kind === "open" ? typeArguments(type, symbols.checker).slice(1, 2) : [type];
  const parts = handles.flatMap((one) => (one.isUnion() ? one.types : [one]));
  const events = parts.map((one) => generated.eventOf(one.symbol) ?? generated.eventOf(one.aliasSymbol));
  return events.includes(undefined) ? [] : [...new Set(events.flatMap((one) => one ?? []))];
}

function receiverType(callee: ts.Expression, { checker, symbolOf }: Symbols): ts.Type | undefined {
  if (ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee)) return checker.getNonNullableType(checker.getTypeAtLocation(callee.expression));
  const declaration = ts.isIdentifier(callee) ? symbolOf(callee)?.valueDeclaration : undefined;
  return declaration !== undefined && ts.isBindingElement(declaration) ? checker.getTypeAtLocation(declaration.parent) : undefined;
}

/** Those of an interface such as `NamedEvent<Originator, Handle>`. */
function typeArguments(type: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] {
  if (type.aliasTypeArguments !== undefined) return [];
  return isReference(type) && type.symbol.name === "NamedEvent" ? checker.getTypeArguments(type) : [];
}

/** Named guard: the compiler tells by a flag. */
function isReference(type: ts.Type): type is ts.TypeReference {
  return "objectFlags" in type && typeof type.objectFlags === "number" && (type.objectFlags & ts.ObjectFlags.Reference) !== 0;
}
