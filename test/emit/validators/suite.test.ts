/**
 * The official JSON Schema test suite: the generated validator, ajv and the suite agree, or the compiler refuses the schema by name. Formats
 * assert here, so the suite's cases in which they are annotations are left out.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../../../src/compiler/registry.js";
import { asPartial, compilePartial, fastOnly, runModule, slowOnly, stated } from "../../helpers/validator.js";
import { exclusions, promised } from "./exclusions.js";

const suite = fileURLToPath(new URL("../../../../shared/corpora/json-schema-test-suite/tests/", import.meta.url));
const table = fileURLToPath(new URL("refused.txt", import.meta.url));
const formats = ["date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid"];

interface Group {
  readonly description: string;
  readonly schema: Json;
  readonly tests: readonly { readonly description: string; readonly data: Json; readonly valid: boolean }[];
}

interface Refusal {
  readonly file: string;
  readonly description: string;
  readonly ids: readonly string[];
  readonly schema: Json;
}

interface Outcome {
  readonly refused: readonly Refusal[];
  readonly wrong: readonly string[];
  readonly agreed: number;
}

function filesOf(draft: string): readonly string[] {
  const top = readdirSync(`${suite}${draft}`).filter((name) => name.endsWith(".json"));
  const optional = formats.map((name) => `optional/format/${name}.json`).filter((name) => existsSync(`${suite}${draft}/${name}`));
  return [...top, ...optional].sort().map((name) => `${draft}/${name}`);
}

async function judge(file: string): Promise<Outcome> {
  const groups: readonly Group[] = JSON.parse(readFileSync(`${suite}${file}`, "utf8"));
  const refused: Refusal[] = [];
  const wrong: string[] = [];
  let agreed = 0;
  for (const { description, schema, tests } of groups) {
    const { partial, diagnostics } = await compilePartial(asPartial(schema));
    if (partial === undefined) {
      const ids = new Set(diagnostics.filter((one) => one.severity === "error").map((one) => one.id));
      refused.push({ file, description, ids: [...ids].sort(), schema });
      continue;
    }
    const ajv = ajvVerdict(file, schema);
    const [whole, fast, slow] = [runModule(partial), runModule(partial, { judges: fastOnly }), runModule(partial, { judges: slowOnly })].map((one) => one.check);
    for (const test of tests) {
      if (/only an annotation by default/.test(test.description)) continue;
      const ours = whole?.({ v: test.data });
      const issues: [] = [];
      const collected = whole?.({ v: test.data }, issues);
      const same = ours === test.valid && collected === ours && (issues.length === 0) === ours && slow?.({ v: test.data }) === ours && (test.valid || fast?.({ v: test.data }) === false);
      const judged = ajv?.(test.data) ?? test.valid;
      if (same && (judged === ours || suiteWins(file, test.description))) agreed++;
      else wrong.push(`${file} | ${description} | ${test.description}: suite ${test.valid}, ajv ${judged}, ours ${ours}, collected ${collected} with ${issues.length} issues, fast ${fast?.({ v: test.data })}, slow ${slow?.({ v: test.data })}`);
    }
  }
  return { refused, wrong, agreed };
}

/** Where ajv differs from the suite: some formats, and a property called `__proto__`. */
function suiteWins(file: string, description: string): boolean {
  return file.includes("/format/") || description === "__proto__ not valid";
}

/** undefined where ajv itself cannot compile the schema. */
function ajvVerdict(file: string, schema: Json): ((data: unknown) => boolean) | undefined {
  const options = { strict: false, strictNumbers: true, unicodeRegExp: true, allErrors: true, ownProperties: true, logger: false } as const;
  const ajv = file.startsWith("draft7") ? new Ajv(options) : new Ajv2020(options);
  addFormats.default(ajv);
  try {
    const validate = ajv.compile(stated(schema) as object | boolean);
    return (data) => validate(data) === true;
  } catch {
    return undefined;
  }
}

const skip = !existsSync(suite);
if (skip) console.log("skipped: the JSON Schema test suite is not at ../shared/corpora/json-schema-test-suite");

describe.skipIf(skip)("the JSON Schema test suite", () => {
  const outcomes: Outcome[] = [];
  beforeAll(async () => {
    for (const draft of ["draft2020-12", "draft7"]) for (const file of filesOf(draft)) outcomes.push(await judge(file));
  });

  it("gets the verdict of the suite and of ajv from every validator that is generated", () => {
    expect(outcomes.flatMap((one) => one.wrong)).toEqual([]);
    expect(outcomes.reduce((sum, one) => sum + one.agreed, 0)).toBeGreaterThan(800);
  });

  it("refuses exactly the schemas in the table, each with its diagnostic", () => {
    const lines = outcomes.flatMap((one) => one.refused).map(({ file, description, ids }) => `${file} | ${description} | ${ids.join(" ")}\n`);
    const text = lines.join("");
    if (process.env["RECORD"] === "1") writeFileSync(table, text);
    expect(text).toBe(readFileSync(table, "utf8"));
  });

  it("refuses a schema of a promised keyword only for what the language leaves out, in words that are quoted", () => {
    const refused = outcomes.flatMap((one) => one.refused).filter(({ file }) => promised.has(/([^/]+)\.json$/.exec(file)?.[1] ?? ""));
    const unexplained = refused.flatMap(({ file, description, ids, schema }) =>
      ids.filter((id) => !exclusions.some((one) => one.id === id && one.in(schema as { readonly [keyword: string]: Json }))).map((id) => `${file} | ${description} | ${id}`),
    );
    expect(unexplained).toEqual([]);
    expect(refused.length).toBeGreaterThan(10);
    const unused = exclusions.filter((one) => !refused.some(({ ids, schema }) => ids.includes(one.id) && one.in(schema as { readonly [keyword: string]: Json })));
    expect(unused).toEqual([]);
  });

  it("refuses an empty enum as ajv does", () => {
    expect(() => new Ajv2020().compile({ enum: [] })).toThrow(/enum/);
  });
});
