/** Who sets what, on the pages of published docs. */
import type { UsageData, UsageOf } from "../data.js";
import type { Catalog } from "../walk.js";
import type { DefinitionPage, Detail, Piece } from "./view.js";

const maxPlaces = 10;

const words: { readonly [S in UsageOf["status"]]: string } = { set: "by production code", tests: "in tests only", unknown: "perhaps, by code that could not be followed", never: "by nothing" };

/** The page with a line on the definition, and one on each of its fields. */
export function withUsage(page: DefinitionPage, { owner, visits }: Catalog[number], usage: UsageData | undefined): DefinitionPage {
  if (usage === undefined || owner.kind === "base") return page;
  const whole = usage.definitions.find((one) => one.kind === owner.kind && one.name === owner.name);
  const fields = new Map(usage.fields.filter((one) => one.definition === `${owner.kind}:${owner.name}`).map((one) => [one.path, one]));
  return {
    ...page,
    about: [...page.about, ...detailsOf(whole)],
    fields: page.fields.map((field, index) => ({ ...field, details: [...field.details, ...detailsOf(fields.get(visits[index]?.field.path ?? ""))] })),
  };
}

function detailsOf(usage: UsageOf | undefined): readonly Detail[] {
  if (usage === undefined) return [];
  const { status, places } = usage;
  const items = places.slice(0, maxPlaces).map(({ file, line, test, owners = [] }): readonly Piece[] => {
    const about = [...owners, ...(test === true ? ["test"] : [])];
    return [{ code: `${file}:${line}` }, ...(about.length === 0 ? [] : [`(${about.join(", ")})`])];
  });
  const more = places.length > maxPlaces ? [[`and ${places.length - maxPlaces} more`]] : [];
  return [{ label: "Set", pieces: [words[status]], ...(items.length === 0 ? {} : { items: [...items, ...more] }) }];
}
