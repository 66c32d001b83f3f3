/** `--update`: a schema file that a person has worked on follows the types again, and keeps what the person wrote. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { proposalFor } from "../../../src/code/import/propose.js";
import { hasSameType } from "../../../src/code/import/same-type.js";
import type { ObjectShape, Registry } from "../../../src/compiler/registry.js";
import { compileFiles, dedent } from "../../helpers/compile.js";
import { importFile, type ImportedTypes } from "./assignability.js";
import { partialBodies, registryFile } from "./random-types.js";

async function imported(text: string): Promise<ImportedTypes> {
  const folder = mkdtempSync(join(tmpdir(), "wevt-propose-"));
  try {
    writeFileSync(join(folder, "input.ts"), text);
    return await importFile(join(folder, "input.ts"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function objectOf(registry: Registry | undefined, name: string): ObjectShape {
  const object = registry?.partials.find((one) => one.name === name)?.object;
  if (object === undefined) throw new Error(`no partial ${name}`);
  return object;
}

/** What is proposed for a file of `partial: user`, when the types are these. */
async function proposed(yaml: string, types: string): Promise<string> {
  const text = dedent(yaml);
  const { registry } = await compileFiles({ "schemas/user.yaml": text });
  const target = await imported(`export interface Registry { user: { ${types} } }`);
  const root = target.files[0]?.definition.root;
  if (root === undefined) throw new Error("nothing was imported");
  const proposal = proposalFor({ before: { path: "schemas/user.yaml", text }, is: objectOf(registry, "user"), root, shouldBe: objectOf(target.registry, "user") });
  const { registry: after } = await compileFiles({ "schemas/user.yaml": proposal });
  expect(hasSameType({ types: ["object"], object: objectOf(after, "user") }, { types: ["object"], object: objectOf(target.registry, "user") })).toBe(true);
  return proposal;
}

const written = `
  # The team's own words.
  partial: user
  brief: Who did it.
  owner: identity
  required: [id]
  properties:
    # never reused
    id:
      type: string
      pattern: ^user_[a-z]+$    # stricter than the type
      brief: Stable identifier.
      kind: id
    age: { type: integer, minimum: 0, brief: In years. }
    address:
      type: object
      brief: Where bills go.
      properties:
        city:
          type: string
          brief: City.
  tags: [core]
  `;

describe("a proposal", () => {
  it("is no change where a person has only said more than the types", async () => {
    expect(await proposed(written, "id: string; age?: number; address?: { city?: string }")).toBe(dedent(written));
  });

  it("adds a field after the others, and requires it", async () => {
    const text = await proposed(written, "id: string; age?: number; address?: { city?: string }; plan: 'free' | 'pro'");
    expect(text).toBe(dedent(written).replace("required: [id]", "required: [id, plan]").replace("brief: City.\n", "brief: City.\n  plan:\n    enum: [free, pro]\n    # kind: dimension\n"));
  });

  it("adds a field deep inside", async () => {
    const text = await proposed(written, "id: string; age?: number; address?: { city?: string; zip?: string }");
    expect(text).toBe(dedent(written).replace("brief: City.\n", "brief: City.\n      zip:\n        type: string\n"));
  });

  it("takes a field out with its comments", async () => {
    const text = await proposed(written, "age?: number; address?: { city?: string }");
    expect(text).not.toContain("id:");
    expect(text).not.toContain("required:");
    expect(text).toContain("age: { type: integer, minimum: 0, brief: In years. }");
  });

  it("changes a type and keeps the words", async () => {
    const text = await proposed(written, "id: string; age: string | null; address?: { city?: 'Bonn' | 'Ulm' }");
    expect(text).toContain("required: [id, age]\n");
    expect(text).toContain('  age:\n    type: [string, "null"]\n    brief: In years.\n');
    expect(text).toContain("city:\n        enum: [Bonn, Ulm]\n        brief: City.\n");
  });

  it("keeps what was said of values, and comments", async () => {
    const described = `
      partial: user
      properties:
        # what they pay
        tier:
          # ask billing before this changes
          brief: Plan.    # as billed
          oneOf:
            - { const: free, description: No card on file. }
            - { const: pro, description: "Paid, #1 seller." }
        model: { type: string, knownValues: [{ const: opus, description: Large. }], brief: Model. }
      `;
    const text = await proposed(described, 'tier?: "free" | "pro" | "team"; model?: "opus" | "haiku" | (string & {}) | null');
    expect(text).toBe(`partial: user
properties:
  # what they pay
  tier:
    oneOf:
      - { const: free, description: No card on file. }
      - { const: pro, description: "Paid, #1 seller." }
      - { const: team }
    brief: Plan.
    # as billed
  model:
    type: [string, "null"]
    brief: Model.
    knownValues:
      - { const: opus, description: Large. }
      - { const: haiku }
`);
  });

  it("reaches a schema that several fields share, once", async () => {
    const shared = `
      partial: user
      properties:
        home: { $ref: "#/$defs/Place" }
        work: { $ref: "#/$defs/Place" }
      $defs:
        Place:
          type: object
          properties:
            city: { type: string, brief: City. }
      `;
    const text = await proposed(shared, "home?: { city?: string; zip?: number }; work?: { city?: string; zip?: number }");
    expect(text).toBe(`${dedent(shared).trimEnd()}\n      zip:\n        type: number\n        # kind: measure\n`);
  });

  it("keeps the line ends of Windows", async () => {
    const text = await proposed("partial: user\r\nproperties:\r\n  id:\r\n    type: string\r\n", "id?: string; age?: number | null");
    expect(text).toBe('partial: user\r\nproperties:\r\n  id:\r\n    type: string\r\n  age:\r\n    type: [number, "null"]\r\n    # kind: measure\r\n');
  });

  it("adds to a file without a newline at its end", async () => {
    expect(await proposed("partial: user\nproperties:\n  id:\n    type: string", "id?: string; on?: boolean")).toBe("partial: user\nproperties:\n  id:\n    type: string\n  \"on\":\n    type: boolean\n    # kind: flag\n");
  });

  it("gives properties in braces a line each where one of them changes", async () => {
    const text = await proposed("partial: user\nproperties: { id: { type: string, brief: The id. }, age: { type: integer } }\n", "id?: string; age?: boolean");
    expect(text).toBe("partial: user\nproperties:\n  id: { type: string, brief: The id. }\n  age:\n    type: boolean\n    # kind: flag\n");
  });
});

it("makes the file of any types follow any other types", { timeout: 300_000 }, async () => {
  const many = fc.array(partialBodies, { minLength: 60, maxLength: 60 });
  await fc.assert(fc.asyncProperty(many, many, follows), { numRuns: Number(process.env["BATCHES"] ?? 2), endOnFailure: true });
});

async function follows(first: readonly string[], second: readonly string[]): Promise<void> {
  const [is, shouldBe] = [await imported(registryFile(first)), await imported(registryFile(second))];
  for (const { definition, path, text } of is.files) {
    const { name } = definition;
    const target = shouldBe.files.find((one) => one.definition.name === name)?.definition.root;
    if (target === undefined) throw new Error(`no ${name}`);
    const before = { path, text };
    expect(proposalFor({ before, is: objectOf(is.registry, name), root: definition.root, shouldBe: objectOf(is.registry, name) }), name).toBe(text);
    const after = proposalFor({ before, is: objectOf(is.registry, name), root: target, shouldBe: objectOf(shouldBe.registry, name) });
    const { registry, problems } = await compileFiles({ [path]: after });
    expect(problems.filter((one) => !/ NO_SHORTHAND | PATTERN/.test(one)), `${text}\n---\n${after}`).toEqual([]);
    expect(hasSameType({ types: ["object"], object: objectOf(registry, name) }, { types: ["object"], object: objectOf(shouldBe.registry, name) }), `${text}\n---\n${after}`).toBe(true);
  }
}
