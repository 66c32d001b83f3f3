import { describe, expect, it } from "vitest";
import { compileFiles } from "../helpers/compile.js";
import { valueSchema } from "../../src/compiler/json-schema.js";
import type { ObjectShape } from "../../src/compiler/registry.js";

const fieldOf = (object: ObjectShape | undefined, name: string) => {
  const field = object?.fields.find((one) => one.name === name);
  if (field === undefined) throw new Error(`no field ${name}`);
  return field;
};

describe("a definition", () => {
  it("keeps its fields in schema order, with paths, presence and origins", async () => {
    const { registry } = await compileFiles({
      "schemas/user.yaml": `
        partial: user
        required: [id]
        properties:
          tier: { type: string, enum: [free, pro] }
          id: { type: string }
      `,
    });
    const [user] = registry.partials;
    expect(user?.object.fields.map((field) => [field.path, field.required, field.origin.line])).toEqual([["user.tier", false, 4], ["user.id", true, 5]]);
    expect(user?.names).toEqual({ value: "user", type: "User", file: "user", method: "user" });
  });

  it("is the same registry whatever the order of the files", async () => {
    const files = {
      "schemas/b.yaml": "partial: b\nallOf: [{ $ref: group:g }]\nproperties: { x: { type: string } }",
      "schemas/a.yaml": "partial: a\nproperties: { y: { type: integer } }",
      "schemas/g.yaml": "group: g\nproperties: { z: { type: boolean } }",
    };
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    expect((await compileFiles(files)).registry).toEqual((await compileFiles(reversed)).registry);
  });

  it("of one name in two files is an error that shows both places", async () => {
    const { problems } = await compileFiles({
      "schemas/a.yaml": "partial: user\nproperties: { a: { type: string } }",
      "schemas/b.yaml": "partial: user\nproperties: { b: { type: string } }",
    });
    expect(problems).toEqual(['schemas/b.yaml:1:10 DUPLICATE_DEFINITION partial "user" is defined twice', "  schemas/a.yaml:1:10 also defined here"]);
  });

  it("is frozen to the last field", async () => {
    const { registry } = await compileFiles({ "schemas/a.yaml": "partial: a\nproperties: { y: { type: array, items: { type: string } } }" });
    expect(Object.isFrozen(registry.partials[0]?.object.fields[0]?.value.array?.items)).toBe(true);
  });
});

describe("metadata", () => {
  it("flow from config to file to object to field, and tags add up", async () => {
    const { registry } = await compileFiles(
      {
        "schemas/a.yaml": `
          partial: a
          owner: team-a
          sensitivity: personal
          tags: [file]
          properties:
            own: { type: string, owner: other, sensitivity: none }
            nested:
              type: object
              tags: [nested]
              properties:
                leaf: { type: string, tags: [leaf] }
        `,
      },
      { defaults: { owner: "everybody", tags: ["config"] } },
    );
    const a = registry.partials[0]?.object;
    expect(fieldOf(a, "own").meta).toMatchObject({ owner: "other", sensitivity: "none" });
    const leaf = fieldOf(fieldOf(a, "nested").value.object, "leaf");
    expect(leaf.meta).toMatchObject({ owner: "team-a", sensitivity: "personal", tags: ["config", "file", "nested", "leaf"] });
  });

  it("may be written with and without x-", async () => {
    const { registry } = await compileFiles({ "schemas/a.yaml": "partial: a\nproperties: { ms: { type: number, x-unit: ms, merge: sum } }" });
    expect(registry.partials[0]?.object.fields[0]?.meta).toMatchObject({ unit: "ms", merge: "sum" });
  });

  it("decide how a value is handled when the schema does not say", async () => {
    const { registry } = await compileFiles({
      "schemas/a.yaml": `
        partial: a
        properties:
          secret: { type: string, sensitivity: secret }
          name: { type: string, sensitivity: sensitive }
          age: { type: integer, sensitivity: sensitive }
          kin: { type: array, sensitivity: sensitive, items: { type: string } }
          id: { type: string, sensitivity: personal }
      `,
    });
    const fields = registry.partials[0]?.object.fields ?? [];
    expect(fields.map((field) => [field.name, field.meta.handling])).toEqual([["secret", "drop"], ["name", "mask"], ["age", "drop"], ["kin", "plain"], ["id", "plain"]]);
    const kin = fields[3]?.value.array?.items;
    expect(typeof kin === "object" && kin.meta.handling).toBe("mask");
  });

  it("deprecated, deprecation and stability: deprecated imply each other", async () => {
    const { registry } = await compileFiles({
      "schemas/a.yaml": `
        partial: a
        properties:
          one: { type: string, deprecated: true }
          two: { type: string, stability: deprecated }
          three: { type: string, deprecation: { reason: obsolete, note: Gone. } }
          four: { type: string }
      `,
    });
    expect(registry.partials[0]?.object.fields.map((field) => [field.meta.stability, field.meta.deprecation])).toEqual([
      ["deprecated", {}], ["deprecated", {}], ["deprecated", { reason: "obsolete", note: "Gone." }], ["stable", undefined],
    ]);
  });
});

describe("$ref", () => {
  it("finds $defs of the file, other files, groups and fields of partials, and metadata beside it win", async () => {
    const { registry, problems } = await compileFiles({
      "schemas/deep/a.yaml": `
        partial: a
        $defs: { id: { type: string, pattern: ^a_, brief: An id. } }
        properties:
          one: { $ref: "#/$defs/id", brief: My id. }
          two: { $ref: "../b.yaml#/properties/count" }
          three: { $ref: "partial:b#/properties/count" }
          four: { $ref: "group:g" }
      `,
      "schemas/b.yaml": "partial: b\nowner: team-b\nproperties: { count: { type: integer, minimum: 0, unit: '1' } }",
      "schemas/g.yaml": "group: g\nproperties: { z: { type: boolean } }",
    });
    expect(problems).toEqual([]);
    const a = registry.partials[0]?.object;
    expect(fieldOf(a, "one").meta.brief).toBe("My id.");
    expect(fieldOf(a, "one").value.string?.pattern).toBe("^a_");
    expect(fieldOf(a, "two").meta).toMatchObject({ unit: "1", owner: "team-b" });
    expect(fieldOf(a, "three").from).toBe("partial:b");
    expect(fieldOf(fieldOf(a, "four").value.object, "z").path).toBe("a.four.z");
  });

  it.each([
    ["a cycle", "$ref: '#/properties/x'", "REF_CYCLE"],
    ["a URL", "$ref: https://example.com/a.json", "REF_LEAVES_PROJECT"],
    ["a path out of the project", "$ref: ../../secrets.yaml#/x", "REF_LEAVES_PROJECT"],
    ["a file that is not loaded", "$ref: ./other.yaml#/x", "REF_NO_FILE"],
    ["an unknown group", "$ref: group:nope", "REF_UNKNOWN_NAME"],
    ["a pointer to nothing", "$ref: '#/$defs/nope'", "REF_NOT_FOUND"],
    ["structure beside it", "{ $ref: '#/properties/y', minLength: 3 }", "REF_SIBLING"],
  ])("with %s is an error at its place", async (_, reference, id) => {
    const text = reference.startsWith("{") ? reference : `{ ${reference} }`;
    const { problems } = await compileFiles({ "schemas/a.yaml": `partial: a\nproperties:\n  y: { type: string }\n  x: ${text}` });
    expect(problems.filter((line) => !line.startsWith("  "))).toEqual([expect.stringMatching(new RegExp(`^schemas/a.yaml:4:\\d+ ${id} `))]);
  });
});

describe("allOf", () => {
  const group = "group: net\nowner: net-team\nrequired: [host]\nproperties: { host: { type: string }, port: { type: integer } }";

  it("unites the properties and required of groups, and the object is closed", async () => {
    const { registry } = await compileFiles({ "schemas/g.yaml": group, "schemas/a.yaml": "partial: a\nallOf: [{ $ref: group:net }]\nproperties: { own: { type: string } }" });
    const object = registry.partials[0]?.object;
    expect(object?.fields.map((field) => [field.path, field.required, field.from, field.meta.owner])).toEqual([
      ["a.host", true, "group:net", "net-team"], ["a.port", false, "group:net", "net-team"], ["a.own", false, undefined, undefined],
    ]);
    expect(object?.additional).toBe(false);
  });

  it("counts the same group once, however often it is reached", async () => {
    const { problems } = await compileFiles({
      "schemas/g.yaml": group,
      "schemas/h.yaml": "group: web\nallOf: [{ $ref: group:net }]\nproperties: { path: { type: string } }",
      "schemas/a.yaml": "partial: a\nallOf: [{ $ref: group:net }, { $ref: group:web }]",
    });
    expect(problems).toEqual([]);
  });

  it("with one property from two origins is an error that shows both", async () => {
    const { problems } = await compileFiles({ "schemas/g.yaml": group, "schemas/a.yaml": "partial: a\nallOf: [{ $ref: group:net }]\nproperties: { host: { type: string } }" });
    expect(problems).toEqual(['schemas/a.yaml:3:15 PROPERTY_FROM_TWO property "host" comes from two places', "  schemas/g.yaml:4:15 and here"]);
  });

  it.each(["additionalProperties: true", "propertyNames: { maxLength: 30 }", "minProperties: 1", "maxProperties: 3"])("does not lose what a group says of all its keys: %s is an error that shows both places", async (rule) => {
    const keyword = rule.split(":")[0];
    const { problems } = await compileFiles({ "schemas/g.yaml": `${group}\n${rule}`, "schemas/a.yaml": "partial: a\nallOf: [{ $ref: group:net }]" });
    expect(problems).toEqual([`schemas/a.yaml:2:17 ALLOF_LOSES allOf does not take over \`${keyword}\` of group "net"`, "  schemas/g.yaml:5:1 said here"]);
    expect((await compileFiles({ "schemas/g.yaml": `${group}\n${rule}`, "schemas/a.yaml": "partial: a\nproperties: { net: { $ref: group:net } }" })).problems).toEqual([]);
  });

  it("of groups that include each other is a cycle, not a crash", async () => {
    const { problems } = await compileFiles({
      "schemas/g.yaml": "group: g\nallOf: [{ $ref: group:h }]\nproperties: { a: { type: string } }",
      "schemas/h.yaml": "group: h\nallOf: [{ $ref: group:g }]\nproperties: { b: { type: string } }",
    });
    expect(problems.join("\n")).toContain("REF_CYCLE");
  });
});

describe("extends", () => {
  it("adds properties to an imported definition and keeps what stands", async () => {
    const { registry, problems } = await compileFiles({
      "wevt:user.yaml": "partial: user\nbrief: Standard.\nrequired: [id]\nproperties: { id: { type: string } }",
      "schemas/user.yaml": "partial: user\nextends: wevt:user\nbrief: Ours.\nrequired: [plan]\nproperties: { plan: { type: string } }",
    });
    expect(problems).toEqual([]);
    const [user] = registry.partials;
    expect(user?.meta.brief).toBe("Ours.");
    expect(user?.object.fields.map((field) => [field.name, field.required, field.from])).toEqual([["id", true, "partial:user"], ["plan", true, undefined]]);
  });

  it("adds partials to an imported event", async () => {
    const { registry, problems } = await compileFiles({
      "wevt:e.yaml": "event: e\npartials: { a: required }",
      "schemas/a.yaml": "partial: a\nproperties: { x: { type: string } }",
      "schemas/b.yaml": "partial: b\nproperties: { x: { type: string } }",
      "schemas/e.yaml": "event: e\nextends: wevt:e\npartials: { b: optional }",
    });
    expect(problems).toEqual([]);
    expect(registry.events[0]?.partials.map((one) => [one.partial.name, one.presence])).toEqual([["a", "required"], ["b", "optional"]]);
  });

  it.each([
    ["allOf", "partial: p\nallOf: [{ $ref: group:x }]", ["p.host true", "p.port false"]],
    ["a reference to the whole", "partial: p\nproperties: { net: { $ref: group:x } }", ["p.net.host true", "p.net.port false"]],
    ["references to one property each", "partial: p\nproperties: { a: { $ref: 'group:x#/properties/host' }, b: { $ref: 'group:x#/properties/port' } }", ["p.a false", "p.b false"]],
  ])("reaches everybody who refers to the extended definition, by %s", async (_, text, paths) => {
    const { registry } = await compileFiles({
      "wevt:x.yaml": "group: x\nowner: standard\nrequired: [host]\nproperties: { host: { $ref: '#/$defs/name' } }\n$defs: { name: { type: string } }",
      "schemas/x.yaml": "group: x\nextends: wevt:x\nproperties: { port: { type: integer } }",
      "schemas/p.yaml": text,
    });
    const fields = registry.partials[0]?.object.fields ?? [];
    expect(fields.flatMap((field) => field.value.object?.fields ?? [field]).map((field) => `${field.path} ${field.required}`)).toEqual(paths);
  });

  it.each([
    ["a property of the base again", "wevt:user", "properties: { id: { type: integer } }", "EXTENDS_OVERRIDE"],
    ["another rule for its keys", "wevt:user", "additionalProperties: true", "EXTENDS_LOSES"],
    ["a definition that is not imported", "wevt:nobody", "properties: { plan: { type: string } }", "EXTENDS_UNKNOWN"],
  ])("with %s is an error", async (_, target, rest, id) => {
    const { problems } = await compileFiles({
      "wevt:user.yaml": "partial: user\nproperties: { id: { type: string } }",
      "schemas/user.yaml": `partial: user\nextends: ${target}\n${rest}`,
    });
    expect(problems.join("\n")).toContain(id);
  });
});

describe("values", () => {
  it("of const, enum and oneOf of consts are one closed set", async () => {
    const { registry } = await compileFiles({
      "schemas/a.yaml": `
        partial: a
        properties:
          one: { const: x }
          two: { type: [string, "null"], enum: [a, null] }
          three: { oneOf: [{ const: 1, description: One. }, { const: 2, deprecated: true }] }
      `,
    });
    expect(registry.partials[0]?.object.fields.map((field) => [field.value.types, field.value.values])).toEqual([
      [["string"], [{ value: "x" }]],
      [["null", "string"], [{ value: "a" }, { value: null }]],
      [["integer"], [{ value: 1, description: "One." }, { value: 2, deprecated: true }]],
    ]);
  });

  it("of variants are told apart by a required const", async () => {
    const { registry, problems } = await compileFiles({
      "schemas/a.yaml": `
        partial: a
        properties:
          pay:
            oneOf:
              - { type: object, required: [type], properties: { type: { const: card }, last4: { type: string } } }
              - { type: object, required: [type], properties: { type: { const: sepa }, country: { type: string } } }
      `,
    });
    expect(problems).toEqual([]);
    const variants = registry.partials[0]?.object.fields[0]?.value.variants;
    expect([variants?.discriminator, variants?.cases.map((one) => one.value)]).toEqual(["type", ["card", "sepa"]]);
  });

  it("of variants may be null beside them", async () => {
    const { registry, problems } = await compileFiles({
      "schemas/a.yaml": `
        partial: a
        properties:
          pay:
            oneOf:
              - { type: object, required: [type], properties: { type: { const: card } } }
              - { type: "null" }
              - { type: object, required: [type], properties: { type: { const: sepa } } }
      `,
    });
    expect(problems).toEqual([]);
    const value = fieldOf(registry.partials[0]?.object, "pay").value;
    expect([value.types, value.variants?.cases.map((one) => one.value)]).toEqual([["null", "object"], ["card", "sepa"]]);
    expect(valueSchema(value)["oneOf"]).toContainEqual({ type: "null" });
  });

  it.each([
    ["no type", "x: { brief: Hm. }", "MISSING_TYPE"],
    ["an object without a shape", "x: { type: object }", "UNSHAPED_OBJECT"],
    ["variants that nothing tells apart", "x: { oneOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } }] }", "NO_DISCRIMINATOR"],
    ["an allOf of something else", "x: { type: object, allOf: [{ type: object }] }", "ALLOF_NOT_A_GROUP"],
  ])("with %s is an error", async (_, property, id) => {
    const { problems } = await compileFiles({ "schemas/a.yaml": `partial: a\nproperties:\n  ${property}` });
    expect(problems.join("\n")).toContain(id);
  });

  it("in draft-07 form are read the same way", async () => {
    const draft7 = await compileFiles({
      "schemas/a.yaml": `
        $schema: http://json-schema.org/draft-07/schema#
        partial: a
        definitions: { id: { type: string } }
        properties:
          pair: { type: array, items: [{ $ref: "#/definitions/id" }, { type: integer }], additionalItems: false }
        dependencies: { pair: [pair] }
      `,
    });
    const current = await compileFiles({
      "schemas/a.yaml": `
        partial: a
        $defs: { id: { type: string } }
        properties:
          pair: { type: array, prefixItems: [{ $ref: "#/$defs/id" }, { type: integer }], items: false }
        dependentRequired: { pair: [pair] }
      `,
    });
    expect(draft7.problems).toEqual([]);
    expect(draft7.registry.stamp).toBe(current.registry.stamp);
  });
});

describe("an event", () => {
  const files = {
    "schemas/user.yaml": "partial: user\nproperties: { id: { type: string }, tier: { type: string } }",
    "schemas/http.yaml": "originator: http\nproperties: { path: { type: string } }",
  };

  it("lists partials with presence, the fields it requires of them, and originators", async () => {
    const { registry, problems } = await compileFiles({
      ...files,
      "schemas/e.yaml": "event: request.done\ngrain: one row per request\npartials: { user: { presence: required, require: [tier] } }\noriginators: [http]",
    });
    expect(problems).toEqual([]);
    expect(registry.events[0]).toMatchObject({ grain: "one row per request", partials: [{ presence: "required", require: ["tier"], partial: { name: "user" } }], originators: [{ name: "http" }] });
  });

  it.each([
    ["partials: { usr: required }", 'UNKNOWN_PARTIAL there is no partial "usr"'],
    ["originators: [htp]", 'UNKNOWN_ORIGINATOR there is no originator "htp"'],
    ["partials: { user: { presence: optional, require: [teir] } }", 'UNKNOWN_REQUIRE partial "user" has no field "teir" to require'],
  ])("with %s names what it cannot find", async (line, message) => {
    const { problems } = await compileFiles({ ...files, "schemas/e.yaml": `event: e\n${line}` });
    expect(problems.join("\n")).toContain(message);
  });
});

describe("the stamp", () => {
  const stamp = async (text: string) => (await compileFiles({ "schemas/a.yaml": text })).registry.stamp;

  it("changes with structure and not with texts", async () => {
    const before = await stamp("partial: a\nproperties: { x: { type: string, brief: One. } }");
    expect(await stamp("partial: a\nowner: me\nproperties: { x: { type: string, brief: Two., examples: [y] } }")).toBe(before);
    expect(await stamp("partial: a\nproperties: { x: { type: string, maxLength: 3 } }")).not.toBe(before);
    expect(before).toMatch(/^[0-9a-f]{12}$/);
  });
});
