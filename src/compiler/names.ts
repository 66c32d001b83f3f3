/** Identifiers from names: the one place where they are derived (DESIGN: builders and methods camelCase, types PascalCase). */
import type { DefinitionKind, Names } from "./registry.js";

/**
 * The event's own methods; and `then`, which would make a promise of it. A partial of such a name gets no shorthand method. The list is closed: later releases
 * add functions, never methods.
 */
export const eventMethods: ReadonlySet<string> = new Set([
  "log", "partial", "set", "add", "time", "start", "error", "message", "debug", "child", "emit", "bind", "then",
]);

/** What the generated `index.ts` exports beside the definitions. */
export const generatedNames: readonly string[] = [
  "createWevt", "paths", "registry", "Registry", "Events", "EventName", "OriginatorName", "PartialMethods", "PartialName", "Wevt", "WevtOptions", "WideEvent",
  "WideEventBase", "WideEventLog", "WideEventPartial",
];

/** `gen_ai` → `genAi`, `agent.execution` → `agentExecution`; the first letter becomes small, no other one changes its meaning. */
export function camelCase(name: string): string {
  const pascal = pascalCase(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** `gen_ai` → `GenAi`, `agent.execution` → `AgentExecution`. */
export function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** `durationMs` → `duration_ms`. */
export function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

const typeSuffix: { readonly [K in DefinitionKind]: string } = {
  partial: "",
  group: "",
  originator: "Originator",
  service: "Service",
  event: "",
};

/** The names of a definition. */
export function namesOf(kind: DefinitionKind, name: string): Names {
  const suffix = typeSuffix[kind];
  const value = camelCase(name);
  return {
    value: `${value}${suffix}`,
    type: `${pascalCase(name)}${suffix}`,
    file: name,
    ...(kind === "partial" && !eventMethods.has(value) ? { method: value } : {}),
  };
}
