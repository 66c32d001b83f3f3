/** What is wrong with who sets what. Data: the command line makes diagnostics of it, and knows which are in the baseline. */
import type { Deprecation, EventDef, Registry } from "../../compiler/registry.js";
import type { DefinitionUsage, FieldUsage, GapUsage, PlaceUsage, Status, Usage } from "./summary.js";

/** What `--fail-on` takes. */
export const findingKinds = ["never-set", "only-in-tests", "required-not-set", "deprecated", "unknown"] as const;
export type FindingKind = (typeof findingKinds)[number];

interface Subject {
  /** `user.tier` of a field, `partial:user` of a definition, `event:agent.execution agent` of what an event requires. */
  readonly subject: string;
  /** The definition or field in the schemas that it is about. */
  readonly about: { readonly definition: string; readonly path?: string };
}

export type Finding = Subject &
  (
    | { readonly kind: "never-set" | "only-in-tests" | "required-not-set"; readonly places: readonly PlaceUsage[] }
    | { readonly kind: "deprecated"; readonly places: readonly PlaceUsage[]; readonly deprecation: Deprecation }
    | { readonly kind: "unknown"; readonly gap: GapUsage }
  );

export function findingsOf(usage: Usage, registry: Registry): readonly Finding[] {
  return [...usage.definitions.flatMap(definitionFindings), ...fieldFindings(usage), ...registry.events.flatMap((event) => eventFindings(event, usage)), ...usage.notFollowed.map(unknownFinding)];
}

function definitionFindings({ kind, name, status, places, deprecation }: DefinitionUsage): readonly Finding[] {
  const subject = `${kind}:${name}`;
  const own = { subject, about: { definition: subject } };
  return [...lack(status, places, own), ...(deprecation === undefined || status !== "set" ? [] : [{ ...own, kind: "deprecated" as const, places: production(places), deprecation }])];
}

/** A deprecated field that nothing sets is as it should be. */
function fieldFindings({ definitions, fields }: Usage): readonly Finding[] {
  const statuses = new Map<string, Status>([...definitions.map((one) => [`${one.kind}:${one.name}`, one.status] as const), ...fields.map((one) => [`${one.definition} ${one.path}`, one.status] as const)]);
  return fields.flatMap((field): readonly Finding[] => {
    const { path, definition, required, status, places, deprecation } = field;
    const own = { subject: path, about: { definition, path } };
    if (deprecation !== undefined) return status === "set" ? [{ ...own, kind: "deprecated", places: production(places), deprecation }] : [];
    const above = statusAbove(field, statuses);
    if (required && above === "set" && (status === "never" || status === "tests")) return [{ ...own, kind: "required-not-set", places }];
    // What holds it is told already.
    return above === status ? [] : lack(status, places, own);
  });
}

function lack(status: Status, places: readonly PlaceUsage[], subject: Subject): readonly Finding[] {
  if (status === "never") return [{ ...subject, kind: "never-set", places: [] }];
  return status === "tests" ? [{ ...subject, kind: "only-in-tests", places }] : [];
}

/** The status of the nearest field above, or of the definition. */
function statusAbove({ path, definition }: FieldUsage, statuses: ReadonlyMap<string, Status>): Status | undefined {
  for (let above = cut(path); above !== ""; above = cut(above)) {
    const status = statuses.get(`${definition} ${above}`);
    if (status !== undefined) return status;
  }
  return statuses.get(definition);
}

function cut(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}

/** What an event that is opened requires, and nothing sets: neither through its handle nor through one of any event. */
function eventFindings(event: EventDef, { definitions, fields }: Usage): readonly Finding[] {
  const own = definitions.find((one) => one.kind === "event" && one.name === event.name);
  if (own?.status !== "set") return [];
  const about = { definition: `event:${event.name}` };
  const places = production(own.places);
  return event.partials.flatMap(({ partial, presence, require }): readonly Finding[] => {
    const status = own.partials?.find((one) => one.name === partial.name)?.status;
    const isLacking = status === "never" || status === "tests";
    if (isLacking) return presence === "required" ? [{ kind: "required-not-set", subject: `event:${event.name} ${partial.name}`, about, places }] : [];
    return require.flatMap((name): readonly Finding[] => {
      const field = fields.find((one) => one.path === `${partial.name}.${name}`);
      const isSet = field === undefined || field.status === "unknown" || production(field.places).some((one) => one.events.length === 0 || one.events.includes(event.name));
      return isSet ? [] : [{ kind: "required-not-set", subject: `event:${event.name} ${partial.name}.${name}`, about, places }];
    });
  });
}

function unknownFinding(gap: GapUsage): Finding {
  const definition = `${gap.kind}:${gap.path.split(/[.[]/)[0] ?? ""}`;
  return { kind: "unknown", subject: `${gap.kind}:${gap.path} ${gap.reason} ${gap.file}`, about: { definition, path: gap.path }, gap };
}

function production(places: readonly PlaceUsage[]): readonly PlaceUsage[] {
  return places.filter((one) => !one.test);
}
