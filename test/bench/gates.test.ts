/** The gates of the benchmarks, each broken on purpose; nothing is timed here. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createGates, judge, type KnownTable, onNode, type Wanted } from "./gates.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));
const known: KnownTable = { emit: { speed: { reached: { 20: 1.2 }, reason: "values are copied" }, size: { reached: 27.6, reason: "all hangs on one function" } } };

/** Runs one bench that states these rows; each list of values is one measurement more. */
async function bench(rows: { readonly [name: string]: readonly [Wanted, ...number[]] }, { table = {}, major = "20" }: { readonly table?: KnownTable; readonly major?: string } = {}) {
  const lines: string[] = [];
  const gates = createGates(table, { print: (line) => void lines.push(...line.split("\n")), major });
  let measured = 0;
  await gates.run("emit", () => {
    for (const [name, [wanted, ...values]] of Object.entries(rows)) gates.limit(name, values[Math.min(measured, values.length - 1)] ?? Number.NaN, wanted);
    measured += 1;
  });
  const held = gates.finish();
  return { held, measured, lines: lines.filter((line) => line.startsWith("  limit:")), said: lines.join("\n") };
}

describe("the gate of a row", () => {
  it.each<readonly [string, Wanted, number, boolean, boolean]>([
    ["at least, met", { atLeast: 2 }, 2, true, true],
    ["at least, within a fifth of it", { atLeast: 2 }, 1.6, false, true],
    ["at least, below", { atLeast: 2 }, 1.59, false, false],
    ["at most, met", { atMost: 4 }, 4, true, true],
    ["at most, within the same share", { atMost: 4 }, 5, false, true],
    ["at most, above", { atMost: 4 }, 5.01, false, false],
    ["no number", { atMost: 4 }, Number.NaN, false, false],
    ["no number, at least", { atLeast: 4 }, Number.NaN, false, false],
  ])("is four fifths of what is wanted: %s", (_name, wanted, value, met, held) => {
    expect(judge({ value, wanted })).toMatchObject({ met, held });
  });

  it.each<readonly [string, Wanted, number, boolean]>([
    ["at least, within a fifth of it", { atLeast: 2.6 }, 0.96, true],
    ["at least, below", { atLeast: 2.6 }, 0.95, false],
    ["at most, within the same share", { atMost: 0.25 }, 1.49, true],
    ["at most, above", { atMost: 0.25 }, 1.51, false],
  ])("is four fifths of what is reached, where the wanted figure is missed as known: %s", (_name, wanted, value, held) => {
    expect(judge({ value, wanted, known: { reached: 1.2, reason: "" } })).toMatchObject({ met: false, held });
  });

  it("is that of the Node which measures: an entry for another one does not soften it", () => {
    const entry = { reached: { 20: 1.2 }, reason: "" };
    expect(judge({ value: 1.2, wanted: { atLeast: 2.6 }, known: entry, major: "20" })).toMatchObject({ held: true, gate: expect.closeTo(0.96) });
    expect(judge({ value: 1.2, wanted: { atLeast: 2.6 }, known: entry, major: "22" })).toMatchObject({ held: false, gate: expect.closeTo(2.08) });
  });

  it("cannot be left out: a row that wants nothing is our bug", () => {
    expect(() => Reflect.apply(judge, undefined, [{ value: 1, wanted: {} }])).toThrow("what is wanted");
  });

  it("has a figure for every version of Node, that of the newest one which is not newer", () => {
    const figures = { 20: 4, 24: 3, 26: 2 };
    expect([18, 20, 22, 25, "26", 30].map((major) => onNode(figures, major))).toEqual([4, 4, 4, 3, 2, 2]);
  });
});

describe("a run of the benchmarks", () => {
  it("fails when a row is outside its gate in three measurements", async () => {
    const { held, measured, lines, said } = await bench({ speed: [{ atLeast: 2 }, 1.5, 1.4, 1.5], size: [{ atMost: 6 }, 6] });
    expect([held, measured]).toEqual([false, 3]);
    expect(lines.slice(0, 2)).toEqual(["  limit: speed 1.5 ≥ 2: missed, MISSED (gate 1.6)", "  limit: size 6 ≤ 6: met, held (gate 7.5)"]);
    expect(said).toContain("measured again (2 of 2)");
    expect(said).toMatch(/MISSED:\n {2}emit: speed$/);
  });

  it("passes when such a row holds in the second or third measurement, whatever the others do then", async () => {
    expect(await bench({ speed: [{ atLeast: 2 }, 1.5, 2] })).toMatchObject({ held: true, measured: 2 });
    expect(await bench({ speed: [{ atLeast: 2 }, 1, 1, 2], size: [{ atMost: 6 }, 6, 9, 9] })).toMatchObject({ held: true, measured: 3 });
  });

  it("holds what misses its wanted figure to what is known of it, and says why it is missed", async () => {
    const { held, measured, lines, said } = await bench({ speed: [{ atLeast: 2.6 }, 1.1], size: [{ atMost: 6 }, 30] }, { table: known });
    expect([held, measured]).toEqual([true, 1]);
    expect(lines).toEqual(["  limit: speed 1.1 ≥ 2.6: missed, held (known 1.2, gate 0.96)", "  limit: size 30 ≤ 6: missed, held (known 27.6, gate 34.5)"]);
    expect(said).toContain("missed, as known:\n  emit: speed: values are copied\n  emit: size: all hangs on one function");
  });

  it("fails when it got worse than what is known by more than a fifth", async () => {
    expect(await bench({ speed: [{ atLeast: 2.6 }, 0.9], size: [{ atMost: 6 }, 27] }, { table: known })).toMatchObject({ held: false, measured: 3 });
    expect(await bench({ speed: [{ atLeast: 2.6 }, 1.2], size: [{ atMost: 6 }, 35] }, { table: known })).toMatchObject({ held: false, measured: 3 });
  });

  it("says which rows are to be taken out of the table, since they meet what is wanted by now", async () => {
    const { held, lines, said } = await bench({ speed: [{ atLeast: 2.6 }, 2.7], size: [{ atMost: 6 }, 27] }, { table: known });
    expect(held).toBe(true);
    expect(lines[0]).toBe("  limit: speed 2.7 ≥ 2.6: met, held (known 1.2, gate 0.96); met by now: take it out of known.json");
    expect(said).toContain("met by now, take it out of known.json:\n  emit: speed\n");
  });

  it("fails when the table names a row that is not stated, so that a new name loses no gate", async () => {
    const { held, said } = await bench({ speed: [{ atLeast: 2.6 }, 1.2] }, { table: known });
    expect(held).toBe(false);
    expect(said).toContain("no row has this name:\n  emit: size");
  });

  it("refuses two rows of one name, of which one would hide the other", async () => {
    const gates = createGates({}, { print: () => {} });
    await expect(gates.run("emit", () => { for (const value of [1, 9]) gates.limit("speed", value, { atMost: 5 }); })).rejects.toThrow("two rows of emit are called speed");
  });

  it.each([["2", 1], ["1", 0]])("ends its process with the verdict: %s where at most 1 is wanted", (value, status) => {
    const script = `import { finish, gated, limit } from ${JSON.stringify(new URL("measure.mjs", import.meta.url).href)}; await gated("none", () => limit("row", ${value}, { atMost: 1 })); finish();`;
    expect(spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" })).toMatchObject({ status, stderr: "" });
  });
});

describe("the benchmarks as they are", () => {
  const table: KnownTable = JSON.parse(readFileSync(join(folder, "known.json"), "utf8"));
  const texts = new Map(readdirSync(folder).filter((name) => name.endsWith(".mjs")).map((name) => [name.slice(0, -4), readFileSync(join(folder, name), "utf8")]));

  it("say of every row what is wanted", () => {
    const rows = [...texts].filter(([name]) => name !== "gates" && name !== "measure").flatMap(([name, text]) => text.split("\n").filter((line) => /\blimit\(/.test(line)).map((line) => `${name}: ${line.trim()}`));
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => !/\{ at(Most|Least): /.test(row))).toEqual([]);
  });

  it("are those of the table of what is missed, which says of each what is reached and why", () => {
    const entries = Object.entries(table).flatMap(([name, rows]) => Object.entries(rows).map(([row, entry]) => ({ name, row, ...entry })));
    for (const { name, row, reached, reason } of entries) {
      expect([...texts.keys()], row).toContain(name);
      expect(reason.length, row).toBeGreaterThan(5);
      const figures = typeof reached === "object" ? Object.values(reached) : [reached];
      expect(figures.length > 0 && figures.every((figure) => figure > 0), row).toBe(true);
    }
  });
});
