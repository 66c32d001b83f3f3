/** What is told of who sets what, from places alone: no TypeScript is read here. */
import { describe, expect, it } from "vitest";
import { findingsOf } from "../../../src/code/usage/findings.js";
import type { Gap, Place } from "../../../src/code/usage/model.js";
import { summarize, type Usage } from "../../../src/code/usage/summary.js";
import type { Registry } from "../../../src/compiler/registry.js";
import { compileFiles } from "../../helpers/compile.js";

const { registry } = await compileFiles({
  "schemas/user.yaml": `
    partial: user
    required: [id]
    properties:
      id: { type: string }
      tier: { type: string }
      old: { type: string, deprecation: { reason: renamed, replacedBy: user.tier } }
      limits:
        type: object
        properties: { max: { type: integer }, min: { type: integer } }
  `,
  "schemas/cart.yaml": "partial: cart\nproperties: { total: { type: number } }",
  "schemas/order.yaml": "event: order.placed\npartials: { user: { presence: required, require: [tier] }, cart: required }",
  "schemas/view.yaml": "event: page.viewed\npartials: { user: optional }",
});

let column = 0;
const place = (path: string, more: Partial<Place> = {}): Place => ({ file: "src/a.ts", line: 1, column: (column += 1), start: column, end: column + 1, path, kind: "partial", events: [], conditional: false, through: [], ...more });
const gap = (path: string, more: Partial<Gap> = {}): Gap => ({ file: "src/b.ts", line: 1, column: 1, start: 0, end: 1, path, kind: "partial", reason: "any", ...more });
const test = { file: "test/a.ts" };
const usageOf = (places: readonly Place[], gaps: readonly Gap[] = []): Usage =>
  summarize({ registry, reading: { places, gaps, files: 1, followed: 1, projects: ["tsconfig.json"] }, isTest: (file) => file.startsWith("test/"), ownersOf: () => [] });
const told = (places: readonly Place[], gaps: readonly Gap[] = [], from: Registry = registry): readonly string[] => findingsOf(usageOf(places, gaps), from).map(({ kind, subject }) => `${kind} ${subject}`);
const opened = place("order.placed", { kind: "event" });

describe("findings", () => {
  it("tell of a definition or an object that nothing sets, and not of everything in it", () => {
    expect(told([])).toEqual(["never-set partial:cart", "never-set partial:user", "never-set event:order.placed", "never-set event:page.viewed"]);
    expect(told([place("user"), place("user.id"), place("user.tier")]).filter((one) => one.includes("user."))).toEqual(["never-set user.limits"]);
    expect(told([place("user"), place("user.id"), place("user.limits"), place("user.limits.max")]).filter((one) => one.includes("limits"))).toEqual(["never-set user.limits.min"]);
  });

  it("tell what is required of a partial that is written, and set nowhere, or by tests only", () => {
    expect(told([place("user"), place("user.tier")])).toContain("required-not-set user.id");
    expect(told([place("user"), place("user.tier"), place("user.id", test)])).toContain("required-not-set user.id");
    expect(told([place("user", test), place("user.tier", test)])).toEqual(expect.arrayContaining(["only-in-tests partial:user", "never-set user.id"]));
  });

  it("tell what an event requires that is opened, and that neither its handle nor one of any event sets", () => {
    const user = [place("user"), place("user.id"), place("user.tier")];
    expect(told([opened, ...user])).toContain("required-not-set event:order.placed cart");
    expect(told([opened, ...user, place("cart", { events: ["page.viewed"] })])).toContain("required-not-set event:order.placed cart");
    for (const cart of [place("cart"), place("cart", { events: ["order.placed"] }), place("cart", { events: ["order.placed", "page.viewed"] })]) {
      expect(told([opened, ...user, cart]).filter((one) => one.startsWith("required"))).toEqual([]);
    }
    expect(told([opened, place("user"), place("user.id"), place("cart")])).toContain("required-not-set event:order.placed user.tier");
    expect(told([place("order.placed", { kind: "event", ...test })]).filter((one) => one.startsWith("required"))).toEqual([]);
  });

  it("tell of a deprecated field where production sets it, and never that it is unset", () => {
    expect(told([place("user"), place("user.id"), place("user.old")])).toContain("deprecated user.old");
    for (const places of [[place("user")], [place("user"), place("user.old", test)]]) expect(told(places).filter((one) => one.includes("user.old"))).toEqual([]);
  });

  it("tell nothing of what something unknown may set, but that it is unknown", () => {
    expect(told([opened], [gap("")]).filter((one) => !one.startsWith("unknown"))).toEqual(["never-set event:page.viewed"]);
    expect(told([place("user"), place("user.id")], [gap("user.limits")]).filter((one) => one.includes("limits"))).toEqual(["unknown partial:user.limits any src/b.ts"]);
    expect(usageOf([], [gap("user.limits")]).fields.map(({ path, status }) => `${path} ${status}`)).toEqual(["cart.total never", "user.id never", "user.tier never", "user.old never", "user.limits unknown", "user.limits.max unknown", "user.limits.min unknown"]);
    expect(usageOf([place("user", test)], [gap("user")]).definitions.find((one) => one.name === "user")?.status).toBe("unknown");
  });
});
