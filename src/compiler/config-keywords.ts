/** The keys of the config, in the form of the table of keywords. */
import type { Keyword } from "./keywords.js";
import { keywordsByName } from "./keywords.js";
import type { Json } from "./source.js";

const text = { type: "string", minLength: 1 } as const;
const paths = { type: "array", items: text, uniqueItems: true } as const;
const severity = { enum: ["error", "warn", "info", "off"] } as const;

const inherited: { readonly [name: string]: Json } = Object.fromEntries(
  [...keywordsByName.values()].filter((keyword) => keyword.inherited === true).map((keyword) => [keyword.name, { description: keyword.brief, ...keyword.value }]),
);

/** Keys whose shape is settled and whose work belongs to a later release. */
export const laterConfigKeys: ReadonlySet<string> = new Set(["lint", "breaking", "rules"]);

export const configKeywords: readonly Keyword[] = (
  [
    { name: "version", value: { const: 1 }, expects: "the number 1", brief: "The version of this file's form." },
    { name: "schemas", value: { ...paths, minItems: 1 }, expects: "a list of patterns", brief: "Schema files, as patterns relative to this file. Default: schemas/**." },
    { name: "imports", value: paths, expects: "a list of imports", brief: "Definitions from elsewhere: `wevt:http` from the standard set, `@acme/events/schemas/*.yaml` from a package." },
    { name: "naming", value: { enum: ["camelCase", "snake_case"] }, expects: "camelCase or snake_case", brief: "How the keys of the base record are written." },
    {
      name: "defaults", value: { type: "object", properties: inherited, additionalProperties: false }, expects: `a mapping with ${Object.keys(inherited).join(", ")}`,
      brief: "Metadata that every definition inherits.",
    },
    {
      name: "generate", expects: "a list of emitters: names, or `{ emitter, out }` with options", brief: "What `wevt generate` makes. Default: typescript into src/wevt, docs into docs/events.",
      value: { type: "array", minItems: 1, items: { type: ["string", "object"], minLength: 1, properties: { emitter: text, out: text }, required: ["emitter"] } },
    },
    { name: "emitters", value: paths, expects: "a list of module paths", brief: "Your own emitters." },
    {
      name: "usage", value: { type: "object", properties: { projects: paths, tests: paths, baseline: text }, additionalProperties: false }, expects: "a mapping with projects, tests and baseline",
      brief: "What `wevt usage` reads: tsconfig files (default: every tsconfig.json), patterns of test files, and its baseline.",
    },
    { name: "lint", value: { type: "object", additionalProperties: severity }, expects: "a mapping of rules to error, warn, info or off", brief: "Severities of the style rules (a later release)." },
    {
      name: "breaking", value: { type: "object", properties: { against: text, rules: { type: "object", additionalProperties: severity } }, additionalProperties: false },
      expects: "a mapping with against and rules", brief: "What counts as a break, and against which baseline (a later release).",
    },
    { name: "rules", value: paths, expects: "a list of module paths", brief: "Your own rules (a later release)." },
  ] as const satisfies readonly Omit<Keyword, "kind" | "places">[]
).map((keyword): Keyword => ({ ...keyword, kind: "structure", places: [] }));
