/** The examples that `wevt explain` gives for the check stage, as whole projects: the broken one has its diagnostic, the mended one has none. */
import { expect, it } from "vitest";
import { checkDiagnostics } from "../../../src/compiler/diagnostics/check.js";
import { grammarDiagnostics } from "../../../src/compiler/diagnostics/grammar.js";
import { compileFiles } from "../../helpers/compile.js";

type Files = { readonly [path: string]: string };
interface Example {
  readonly wrong: Files;
  readonly right: Files;
}

const record = { "wevt:record": "group: record\nproperties: { outcome: { type: string }, originator: { type: object, properties: { type: { type: string } } } }" };
const any = "properties: { x: { type: string } }";
const definitions = (...texts: readonly string[]): Files => Object.fromEntries(texts.map((text, index) => [`schemas/${index}.yaml`, text]));
const partial = (...lines: readonly string[]): Files => definitions(`partial: user\n${lines.join("\n")}`);
const field = (name: string, schema: string): Files => partial(`properties:\n  ${name}: ${schema}`);
const pair = (name: string, wrong: string, right: string): Example => ({ wrong: field(name, wrong), right: field(name, right) });
const pattern = (wrong: string, right: string): Example => pair("x", `{ type: string, pattern: '${wrong}' }`, `{ type: string, pattern: '${right}' }`);
const variants = (left: string, right: string): string => `\n    oneOf:\n      - { type: object, required: [type], properties: { type: { const: card }${left} } }\n      - { type: object, required: [type], properties: { type: { const: ${right} } }`;

const query = (lines: string): Files => definitions(`partial: query\n${lines}\nproperties: { text: { type: string }, durationMs: { type: number } }`);

const sampled = (rules: string): Files => definitions("partial: user\nproperties: { id: { type: string }, tier: { enum: [free, pro] } }", "partial: llm\nrepeatable: true\nproperties: { costUsd: { type: number } }", `event: agent.execution\npartials: { user: optional, llm: optional }\nsampling: { rules: [${rules}] }`);

const examples: { readonly [Id in keyof typeof checkDiagnostics | "IGNORED_KEYWORD" | "DEPRECATED_AND_NOT"]: Example } = {
  NAME_COLLISION: { wrong: definitions(`partial: rate_limit\n${any}`, `partial: rateLimit\n${any}`), right: definitions(`partial: rateLimit\n${any}`, `partial: rateLimitPolicy\n${any}`) },
  GENERATED_NAME: { wrong: definitions(`partial: registry\n${any}`), right: definitions(`partial: imageRegistry\n${any}`) },
  FILE_COLLISION: { wrong: definitions(`partial: userAgent\n${any}`, `partial: useragent\n${any}`), right: definitions(`partial: userAgent\n${any}`, `partial: agentOfUser\n${any}`) },
  RECORD_KEY: { wrong: { ...record, ...definitions(`partial: outcome\n${any}`) }, right: { ...record, ...definitions("partial: order\nproperties: { outcome: { type: string } }") } },
  STATS_KEY: { wrong: definitions(`partial: tool\nrepeatable: true\n${any}`, `partial: toolStats\n${any}`), right: definitions(`partial: tool\nrepeatable: true\n${any}`, `partial: toolSummary\n${any}`) },
  NO_SHORTHAND: { wrong: definitions(`partial: message\n${any}`), right: definitions(`partial: notice\n${any}`) },
  ORIGINATOR_KEY: { wrong: { ...record, ...definitions("originator: cron\nproperties: { type: { type: string } }") }, right: { ...record, ...definitions("originator: cron\nproperties: { schedule: { type: string } }") } },
  PROTO_PROPERTY: { wrong: partial("properties: { __proto__: { type: string } }"), right: partial("properties: { prototype: { type: string } }") },
  NO_VALUE_FITS: pair("retries", "{ type: integer, minimum: 5, maximum: 3 }", "{ type: integer, minimum: 3, maximum: 5 }"),
  REQUIRED_UNDECLARED: { wrong: partial("required: [id, plan]", "properties: { id: { type: string } }"), right: partial("required: [id]", "properties: { id: { type: string } }") },
  DEPENDENT_UNDECLARED: { wrong: partial("properties: { card: { type: string } }", "dependentRequired: { card: [expiry] }"), right: partial("properties: { card: { type: string }, expiry: { type: string } }", "dependentRequired: { card: [expiry] }") },
  NEVER_PRESENT: pair("point", "{ type: array, maxItems: 1, prefixItems: [{ type: number }, { type: number }] }", "{ type: array, maxItems: 2, prefixItems: [{ type: number }, { type: number }] }"),
  VARIANT_REPEATED: pair("pay", variants("", "card }"), variants("", "sepa }")),
  BAD_PATTERN: pattern("^[a-z", "^a_b$"),
  CATASTROPHIC_PATTERN: pattern("^([a-z]+)+$", "^[a-z]+(?:-[a-z]+)*$"),
  SLOW_PATTERN: pattern("\\s+$", "^\\S*\\s+$"),
  COMPLEX_PATTERN: pattern(`^(?:${Array.from({ length: 400 }, (_, index) => `word${index}`).join("|")})$`, "^word\\d{1,3}$"),
  UNQUOTED_VALUE: pair("build", "{ type: string, examples: [2e10] }", '{ type: string, examples: ["2e10"] }'),
  BAD_VALUE: pair("currency", "{ type: string, maxLength: 3, examples: [EUR, US-Dollar] }", "{ type: string, maxLength: 3, examples: [EUR, USD] }"),
  SECRET_IN_PLAIN: pair("token", "{ type: string, sensitivity: secret, handling: plain }", "{ type: string, sensitivity: secret, handling: hash }"),
  METADATA_MISFIT: pair("calls", "{ type: string, merge: sum }", "{ type: integer, merge: sum }"),
  UNIT_SYNTAX: pair("size", '{ type: integer, unit: "{item" }', '{ type: integer, unit: "{item}" }'),
  DEFAULT_OF_REQUIRED: { wrong: partial("required: [tier]", "properties: { tier: { type: string, default: free } }"), right: partial("properties: { tier: { type: string, default: free } }") },
  REPEATABLE_MAX: { wrong: definitions(`partial: step\nrepeatable: { max: 1000000 }\n${any}`), right: definitions(`partial: step\nrepeatable: { max: 500 }\n${any}`) },
  NOTHING_KEPT: { wrong: query("repeatable: { max: 0 }"), right: query("repeatable: { max: 0 }\nrollup: { durationMs: { sum: true, max: true } }") },
  ROLLUP_ALONE: { wrong: query("rollup: { durationMs: { sum: true } }"), right: query("repeatable: true\nrollup: { durationMs: { sum: true } }") },
  ROLLUP_MISFIT: { wrong: query("repeatable: true\nrollup: { text: { max: true } }"), right: query("repeatable: true\nrollup: { durationMs: { max: true } }") },
  ROLLUP_BOUNDS: { wrong: query("repeatable: true\nrollup: { durationMs: { histogram: [1000, 100] } }"), right: query("repeatable: true\nrollup: { durationMs: { histogram: [100, 1000] } }") },
  NULL_NEVER: pair("endedAt", "{ type: string, nullMeans: still running }", '{ type: [string, "null"], nullMeans: still running }'),
  PATH_WITH_TWO: pair("pay", variants(", amount: { type: integer }", "sepa }, amount: { type: string }"), variants(", amount: { type: integer }", "sepa }, amountText: { type: string }")),
  ALIAS_TAKEN: { wrong: partial("properties: { tier: { type: string, aliases: [user.plan] }, plan: { type: string } }"), right: partial("properties: { tier: { type: string, aliases: [user.level] }, plan: { type: string } }") },
  ALIAS_TWICE: { wrong: partial("properties: { tier: { type: string, aliases: [user.plan] }, level: { type: string, aliases: [user.plan] } }"), right: partial("properties: { tier: { type: string, aliases: [user.plan] }, level: { type: string } }") },
  REPLACED_BY_ITSELF: { wrong: field("plan", "{ type: string, deprecation: { reason: renamed, replacedBy: user.plan } }"), right: partial("properties: { tier: { type: string }, plan: { type: string, deprecation: { reason: renamed, replacedBy: user.tier } } }") },
  UNKNOWN_PATH: { wrong: partial("properties: { tier: { type: string }, plan: { type: string, deprecation: { reason: renamed, replacedBy: tier } } }"), right: partial("properties: { tier: { type: string }, plan: { type: string, deprecation: { reason: renamed, replacedBy: user.tier } } }") },
  RESERVED_NAME: { wrong: partial("reserved: { names: [plan] }", "properties: { plan: { type: string } }"), right: partial("reserved: { names: [plan] }", "properties: { tier: { type: string } }") },
  RESERVED_VALUE: { wrong: partial("reserved: { values: [trial] }", "properties: { tier: { enum: [free, trial] } }"), right: partial("reserved: { values: [trial] }", "properties: { tier: { enum: [free, preview] } }") },
  SAMPLING_PATH: { wrong: sampled("{ name: dear, when: { llm.cost: { minimum: 0.5 } } }"), right: sampled("{ name: dear, when: { llm.costUsd: { minimum: 0.5 } } }") },
  CONDITION_NEVER: { wrong: sampled("{ name: gold, when: { user.tier: { const: gold } } }"), right: sampled("{ name: pro, when: { user.tier: { const: pro } } }") },
  SAMPLING_IDLE: { wrong: sampled("{ name: tenants, per: [user.id], keep: 0.1 }"), right: sampled("{ name: tenants, per: [user.id], perSecond: 5 }") },
  SAMPLING_UNREACHED: { wrong: sampled("{ name: tenants, per: [user.id], perSecond: 5 }, { name: error, outcome: error }"), right: sampled("{ name: error, outcome: error }, { name: tenants, per: [user.id], perSecond: 5 }") },
  IGNORED_KEYWORD: pair("retries", "{ type: integer, minLength: 1 }", "{ type: integer, minimum: 1 }"),
  DEPRECATED_AND_NOT: pair("plan", "{ type: string, deprecated: false, deprecation: { reason: obsolete } }", "{ type: string, deprecation: { reason: obsolete } }"),
};

const idsOf = async (files: Files): Promise<readonly (string | undefined)[]> => (await compileFiles(files)).problems.filter((one) => !one.startsWith(" ")).map((one) => one.split(" ")[1]);

it.each(Object.entries(examples))("%s: the broken example has it, the mended one is clean", async (id, { wrong, right }) => {
  expect(await idsOf(wrong)).toEqual([id]);
  expect(await idsOf(right)).toEqual([]);
});

it.each(Object.keys(examples))("%s: the explanation shows both", (id) => {
  const text = Object.entries({ ...checkDiagnostics, ...grammarDiagnostics }).find(([name]) => name === id)?.[1].explain ?? "";
  expect(text).toMatch(/^(?:Wrong: [^]*^Right: |Works: )/m);
});
