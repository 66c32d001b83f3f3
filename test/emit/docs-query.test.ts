/** The queries of the docs. They were run with DuckDB 1.5 without extensions; here their text is held. */
import { describe, expect, it } from "vitest";
import { baseLeaves, eventQuery, queryOf } from "../../src/emit/docs/query.js";
import { fieldsOf } from "../../src/emit/walk.js";
import { compileFiles } from "../helpers/compile.js";
import { event, field, partial, registry, shape, string } from "../helpers/registry.js";

const base = baseLeaves(registry({}));
const number = { types: ["number"] } as const;

function sqlOf(given: ReturnType<typeof partial>): string {
  return queryOf(base, { owner: given, visits: fieldsOf(given) }).sql;
}

describe("the query of a partial", () => {
  it("groups by what has few values and weighs each record by its sample rate", () => {
    const user = partial("user", {
      object: shape([field("user", "tier", { value: { types: ["string"], values: [{ value: "free" }, { value: "pro" }] } }), field("user", "spent", { value: number, meta: { kind: "measure", aggregate: "sum", unit: "currency:USD" } })]),
    });
    expect(sqlOf(user)).toBe(
      [
        "SELECT",
        '  "user"."tier" AS "user.tier",',
        '  sum(coalesce("sampleRate", 1)) AS events,',
        '  sum("user"."spent" * coalesce("sampleRate", 1)) AS "sum of user.spent (currency:USD)"',
        "FROM read_ndjson('events.ndjson', columns = {",
        "    'timestamp': 'TIMESTAMP',",
        "    'sampleRate': 'DOUBLE',",
        `    'user': 'STRUCT("tier" VARCHAR, "spent" DOUBLE)'`,
        "  })",
        'WHERE "user" IS NOT NULL',
        `  AND "timestamp" >= current_date - 7`,
        "GROUP BY ALL",
        "ORDER BY events DESC",
        "LIMIT 20;",
        "",
      ].join("\n"),
    );
  });

  it("that is a list unfolds it to one row per item", () => {
    const call = partial("call", { repeatable: { max: 9 }, object: shape([field("call", "ok", { value: { types: ["boolean"] } }), field("call", "ms", { value: number, meta: { unit: "ms" } })]) });
    expect(sqlOf(call)).toContain(`FROM (SELECT *, unnest("call") AS "item" FROM read_ndjson('events.ndjson', columns = {\n    'timestamp': 'TIMESTAMP',\n    'sampleRate': 'DOUBLE',\n    'call': 'STRUCT("ok" BOOLEAN, "ms" DOUBLE)[]'\n  }))`);
    expect(sqlOf(call)).toContain('quantile_cont("item"."ms", 0.95) AS "p95 of call[].ms (ms)"');
  });

  it("reads no field that is deprecated, dropped, or not one column", () => {
    const p = partial("p", {
      object: shape([
        field("p", "old", { value: { types: ["boolean"] }, meta: { stability: "deprecated", deprecation: {} } }),
        field("p", "gone", { value: { types: ["boolean"] }, meta: { sensitivity: "secret", handling: "drop" } }),
        field("p", "list", { value: { types: ["array"], array: { prefix: [], items: field("p.list", "[]", { value: { types: ["boolean"] } }) } } }),
        field("p", "either", { value: { types: ["boolean", "string"] } }),
        field("p", "name", { value: string() }),
      ]),
    });
    expect(sqlOf(p)).toContain(`'p': 'STRUCT("name" VARCHAR)'`);
    expect(sqlOf(p)).not.toMatch(/old|gone|list|either/);
  });

  it("reads fields of a variant that is the only one, as paths and flat records do, and of no other", async () => {
    const fee = "properties: { kind: { const: card }, express: { type: boolean }, fee: { type: number, kind: measure, aggregate: sum } }";
    const sqlWith = async (...cases: readonly string[]): Promise<string> => {
      const { registry: { partials: [only] } } = await compileFiles({ "schemas/p.yaml": `partial: p\nproperties:\n  name: { type: string }\n  method: { oneOf: [${cases.map((one) => `{ type: object, required: [kind], ${one} }`).join(", ")}] }\n` });
      return only === undefined ? "" : sqlOf(only);
    };
    const one = await sqlWith(fee);
    expect(one).toContain(`'p': 'STRUCT("name" VARCHAR, "method" STRUCT("express" BOOLEAN, "fee" DOUBLE))'`);
    expect(one).toContain('"p"."method"."express" AS "p.method.express"');
    expect(one).toContain('sum("p"."method"."fee" * coalesce("sampleRate", 1)) AS "sum of p.method.fee"');
    expect(await sqlWith(fee, "properties: { kind: { const: cash } }")).not.toMatch(/express|fee|method/);
  });

  it("quotes names, whatever they are", () => {
    const p = partial("p", { object: shape([field("p", `a"b'c`, { value: { types: ["boolean"] } })]) });
    expect(sqlOf(p)).toContain(`"p"."a""b'c" AS "p.a""b'c"`);
    expect(sqlOf(p)).toContain(`'p': 'STRUCT("a""b''c" BOOLEAN)'`);
  });
});

describe("the query of an event", () => {
  it("reads its rows only, and how long they took when its partials have nothing to compute with", () => {
    const sql = eventQuery(base, event("job's.run", {})).sql;
    expect(sql).toContain(`WHERE "event" = 'job''s.run'`);
    expect(sql).toContain('"outcome" AS "outcome"');
    expect(sql).toContain('quantile_cont("durationMs", 0.95)');
  });
});
