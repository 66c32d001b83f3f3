/** The columns of flat records are those that the generated docs tell of: fields.json for the whole record, `paths` for the partials. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Json, ObjectShape, Registry, Value } from "../../src/compiler/registry.js";
import { fieldsJson } from "../../src/emit/fields.js";
import { compileFiles } from "../helpers/compile.js";
import { generatedProject } from "../helpers/generated.js";
import { standardRegistry, templateRegistry } from "../helpers/projects.js";

/** A value that has every field which one value can have; of a list, of a map and of variants one. */
function sampleOf({ types, values, array, object, variants }: Value): Json {
  if (values?.[0] !== undefined) return values[0].value;
  if (variants !== undefined) return sampleObject(variants.cases[0]?.object);
  if (types === "any") return { free: { json: 1 } };
  if (object !== undefined) return sampleObject(object);
  if (array !== undefined) return [...array.prefix.map(({ value }) => sampleOf(value)), ...(typeof array.items === "boolean" ? [] : [sampleOf(array.items.value)])];
  return types.includes("string") ? "text" : types.includes("boolean") ? true : types.includes("object") ? {} : types.includes("array") ? [] : 1;
}

function sampleObject({ fields, additional }: Pick<ObjectShape, "fields" | "additional"> = { fields: [], additional: false }): { readonly [name: string]: Json } {
  const declared = fields.map(({ name, value }) => [name, sampleOf(value)] as const);
  const other = additional === false ? [] : ([["some.other", additional === true ? 1 : sampleOf(additional.value)]] as const);
  return Object.fromEntries([...declared, ...other]);
}

interface Row {
  readonly path: string;
  readonly definition: string;
  readonly presence: string;
  readonly kept?: false;
  readonly meta: { readonly handling?: string };
  readonly constraints?: { readonly additionalProperties?: unknown; readonly variants?: { readonly cases: readonly unknown[] } };
}

interface Told {
  readonly columns: ReadonlySet<string>;
  /** The columns that `paths` has no leaf for: lists of items, and what open objects hold beside their declared fields. */
  readonly besides: ReadonlySet<string>;
  readonly partials: ReadonlySet<string>;
  readonly dropped: ReadonlySet<string>;
}

/** The columns, as somebody would list them who has nothing but fields.json. */
function told(json: { readonly definitions: readonly { readonly kind: string; readonly name: string; readonly repeatable?: unknown; readonly constraints?: Row["constraints"] }[]; readonly fields: readonly Row[] }): Told {
  const inside = (path: string, { path: above }: Row): boolean => path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
  const isElement = ({ presence }: Row): boolean => presence === "element";
  const closed = json.fields.filter((row) => isElement(row) || (row.constraints?.variants?.cases.length ?? 0) > 1);
  const single = json.fields.filter((row) => !isElement(row) && !row.path.includes("[]") && !closed.some((above) => inside(row.path, above)));
  const hidden = single.filter(({ meta: { handling } }) => handling === "drop");
  const shown = single.filter((row) => row.kept !== false && !hidden.includes(row) && !hidden.some((above) => inside(row.path, above)));
  const branches = shown.filter((row) => single.some(({ path }) => inside(path, row)));
  const open = branches.filter(({ constraints }) => constraints?.additionalProperties !== undefined && constraints.additionalProperties !== false).map(({ path }) => path);
  const lists = json.definitions.filter(({ repeatable }) => repeatable !== undefined).map(({ name }) => name);
  // What originators and a service file declare stands among the fields of the base record.
  const declared = ["originator", ...json.definitions.filter(({ kind }) => kind === "service").map(({ kind }) => kind)];
  const besides = [...lists, ...open.filter((path) => !declared.includes(path))];
  const leaves = shown.filter((row) => !branches.includes(row));
  return {
    columns: new Set([...leaves.map(({ path }) => path), ...besides]),
    besides: new Set(besides),
    partials: new Set(leaves.filter(({ definition }) => definition.startsWith("partial:")).map(({ path }) => path)),
    dropped: new Set(hidden.map(({ path }) => path)),
  };
}

/** Emits every partial, every originator and all of the base record, and prints the keys of all flat records with the leaves of `paths`. */
function program(registry: Registry): string {
  const samples = (definitions: Registry["partials" | "originators"]): string => JSON.stringify(definitions.map(({ names, object }) => [names.value, sampleObject(object)]));
  const [service] = registry.services;
  return `
import * as generated from "./shop/index.js";
import { flat } from "wevt";
import { messages } from "wevt/messages";
const { createWevt, paths } = generated as any;
const builders = generated as any;
const keys = new Set<string>();
const flush = (events: any) => { for (const { record, line } of events) { if (JSON.stringify(record) !== line) throw new Error(line); Object.keys(record).forEach((key) => keys.add(key)); } };
const wevt = createWevt({ service: { name: "s", version: "1", ...${JSON.stringify(service === undefined ? { other: 1 } : sampleObject(service.object))} }, collectors: [flat({ flush })], hashKey: "k", validation: "off", messages, onProblem: () => {}, sampling: () => ({ keep: true, rate: 1, reason: "all" }) });
const partials = ${samples(registry.partials)} as any;
const from = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7", root: { type: "cron", spanId: "span_00f067aa0ba902b7" } };
for (const [name, fields] of [...${samples(registry.originators)}, ["manual", undefined]] as any) {
  const event = wevt.start(fields === undefined ? undefined : builders[name](fields), { from });
  if (keys.size === 0) for (const [builder, sample] of partials) event.log(builders[builder](sample));
  const child = event.child();
  child.error(Object.assign(new Error("why", { cause: new Error("because") }), { code: "E" }), { slug: "here", expected: true });
  child.message("said");
  child.emit();
  event.error(new Error("unforeseen"));
  event.emit();
  event.add("no.such", 1);
  event.message("late");
}
await wevt.close();
const leaves = (tree: any): string[] => Object.values(tree).flatMap((one: any) => typeof one === "string" ? [one] : leaves(one));
(globalThis as any).console.log(JSON.stringify({ keys: [...keys].sort(), leaves: leaves(paths).sort() }));
`;
}

async function columnsOf(registry: Registry): Promise<{ readonly keys: readonly string[]; readonly leaves: readonly string[] }> {
  const project = await generatedProject({ shop: registry });
  try {
    project.write("src/main.ts", program(registry));
    return JSON.parse(project.run("src/main.ts"));
  } finally {
    project.remove();
  }
}

/** What fields.json lists is what the record has; and `paths` lists it, too, as far as it goes. */
async function expectToldColumns(registry: Registry): Promise<number> {
  const { columns, besides, partials, dropped } = told(JSON.parse(fieldsJson(registry)));
  const { keys, leaves } = await columnsOf(registry);
  expect(keys).toEqual([...columns].sort());
  const lists = registry.partials.filter(({ repeatable }) => repeatable !== undefined).map(({ name }) => `${name}.`);
  const single = leaves.filter((path) => !dropped.has(path) && !lists.some((name) => path.startsWith(name)));
  expect(single).toEqual([...partials].filter((path) => !besides.has(path)).sort());
  return keys.length;
}

describe("the columns of flat records", () => {
  it("are those of the docs, for all schemas that ship", async () => {
    await expectToldColumns(await standardRegistry());
  });

  it.each([["minimal", []], ["rest", ["http", "route", "response"]]] as const)("are those of the docs, for the template %s", async (template, imports) => {
    await expectToldColumns(await templateRegistry(template, imports));
  });

  it("are those of the docs for maps, open objects, variants, lists with and without items, and what is dropped", async () => {
    const record = readFileSync(fileURLToPath(new URL("../../schemas/record.yaml", import.meta.url)), "utf8");
    const { registry } = await compileFiles(
      {
        "wevt:record.yaml": record,
        "schemas/service.yaml": "service: shop\nproperties: { podId: { type: string }, place: { type: object, properties: { region: { type: string } } } }\n",
        "schemas/job.yaml": "originator: job\nproperties: { jobName: { type: string }, plan: { type: object, properties: { at: { type: string } } } }\n",
        "schemas/things.yaml": `
          partial: things
          properties:
            id: { type: string }
            nullable: { type: [object, "null"], properties: { a: { type: integer } } }
            map: { type: object, additionalProperties: { type: object, properties: { a: { type: integer } } } }
            open: { type: object, properties: { a: { type: integer } }, additionalProperties: { type: integer } }
            list: { type: array, items: { type: object, properties: { a: { type: integer } } } }
            payment:
              oneOf:
                - { type: object, required: [method], properties: { method: { const: card }, number: { type: string } } }
                - { type: object, required: [method], properties: { method: { const: cash } } }
            only: { oneOf: [{ type: object, required: [kind], properties: { kind: { const: one }, a: { type: integer } } }] }
            json: { kind: json }
            secret: { type: string, sensitivity: secret }
            deep: { type: object, properties: { deeper: { type: object, properties: { deepest: { type: string }, mail: { type: string, sensitivity: sensitive } } } } }
        `,
        "schemas/calls.yaml": "partial: calls\nrepeatable: { max: 3 }\nrollup: { ms: { sum: true, histogram: [1, 10] } }\nproperties: { ms: { type: number }, model: { type: string } }\n",
        "schemas/spans.yaml": "partial: spans\nrepeatable: { max: 0 }\nrollup: { ms: { max: true } }\nproperties: { ms: { type: number } }\n",
      },
      {},
    );
    await expectToldColumns(registry);
  });

  const corpus = join(fileURLToPath(new URL("../..", import.meta.url)), "../shared/corpora/otel-1.44.0");
  const missing = !existsSync(corpus);
  if (missing) console.error(`skipped: ${corpus} is not there`);

  it.skipIf(missing)("are those of the docs, for the attributes of OpenTelemetry", async () => {
    const files = readdirSync(corpus).filter((name) => name.endsWith(".yaml"));
    const record = readFileSync(fileURLToPath(new URL("../../schemas/record.yaml", import.meta.url)), "utf8");
    const { registry } = await compileFiles({ "wevt:record.yaml": record, ...Object.fromEntries(files.map((name) => [`schemas/${name}`, readFileSync(join(corpus, name), "utf8")])) });
    expect(await expectToldColumns(registry)).toBeGreaterThan(700);
  });
});
