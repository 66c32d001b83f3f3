/** What is generated compiles under the strictest flags and runs, whatever the schemas say; and what is wrong in a user's code does not compile. */
import { execFileSync } from "node:child_process";
import { transformSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Registry } from "../../../src/compiler/registry.js";
import { compileFiles } from "../../helpers/compile.js";
import { generatedFiles, generatedProject, type GeneratedProject } from "../../helpers/generated.js";
import { standardRegistry } from "../../helpers/projects.js";

const words = [
  "*/ process.exit(9); /*", "`${process.exit(9)}`", "\"'); process.exit(9); //", "</script><!--", "a | b", "one\ntwo\r\nthree", "\u202eabc\u202c", "a\u2028b\u2029c", "\u0000\u0007\u007f", "\\", "\\u0022", "@deprecated", "\n@deprecated no",
  "{@link x}", "// x", "__proto__", "hasOwnProperty", "constructor", "𝒳 é 日本", "long ".repeat(2_000).trim(),
];

/** What the grammar asks of short texts. */
const oneLine = (text: string): string => text.replace(/[\r\n]+/g, " ").trim();

/** Every text of this registry is hostile, and every name that JavaScript has a meaning for is a name in it. */
function hostileFiles(): { readonly [path: string]: string } {
  const values = words.map((word) => ({ const: word, description: word }));
  const texts = (text: string): object => ({ description: text, note: text, owner: oneLine(text), examples: [text], nullMeans: oneLine(text), pitfalls: [text], deprecation: { note: text } });
  const names = ["hasOwnProperty", "constructor", "toString", "valueOf", "prototype", "class", "default", "with-dash", "length", "name", "then", "toJSON"];
  const properties = {
    ...Object.fromEntries(names.map((name, index) => [name, { type: "string", brief: "A name.", ...texts(words[index] ?? "") }])),
    choice: { oneOf: values },
    list: { type: "array", prefixItems: [{ type: "string", description: words[0] }], items: { enum: words } },
    map: { type: "object", patternProperties: { "^[`\"'$*/|]+$": { type: "integer", description: words[0] } } },
    mixed: { type: ["string", "null", "integer"], pattern: "[*]/`[$][{]x[}]`" },
    shape: { oneOf: words.slice(0, 4).map((word) => ({ type: "object", properties: { kind: { const: word }, at: { type: "string", format: "date-time" } }, required: ["kind"] })) },
  };
  const partials = ["hostile", "delete", "class", "log", "constructor", "toString", "then", "arguments", "eval", "data", "check", "c0", "partialBuilder"].map((partial, index) => ({ partial, brief: "A partial.", description: words[index] ?? "", owner: oneLine(words[index] ?? ""), properties }));
  const event = { event: "hostile.event", brief: "An event.", description: words[0], grain: words[1], partials: { hostile: "required", delete: "optional" } };
  return Object.fromEntries([...partials.map((one): [string, string] => [`schemas/${one.partial}.json`, JSON.stringify(one)]), ["schemas/event.json", JSON.stringify(event)], ["schemas/job.json", JSON.stringify({ originator: "job", brief: "A job.", properties })]]);
}

const shopFiles = {
  "schemas/user.yaml": `
    partial: user
    brief: The person.
    required: [id]
    properties:
      id: { type: string, brief: Stable identifier. }
      tier: { oneOf: [{ const: free, description: No card. }, { const: pro, description: Paid. }] }
      seen: { type: integer, kind: timestamp, unit: ms }
      tags: { type: array, items: { type: string } }
      limits: { type: object, properties: { max: { type: integer } } }
    `,
  "schemas/cart.yaml": `
    partial: cart
    brief: The cart.
    properties:
      items: { type: integer, merge: sum }
      openMs: { type: number, unit: ms }
      bytes: { type: string, format: int64, unit: By, merge: sum }
      waitNs: { type: string, format: int64, unit: ns, merge: max }
    `,
  "schemas/job.yaml": `
    originator: job
    brief: A job.
    properties: { jobName: { type: string } }
    `,
  "schemas/checkout.yaml": `
    event: checkout
    brief: A checkout.
    partials: { user: required }
    `,
};

const runHostile = `import { createWevt, delete_, hostile, jobOriginator, paths, type WideEventPartial } from "./hostile/index.js";
const part: WideEventPartial<"hostile"> = hostile({ hasOwnProperty: "a", constructor: "b", toString: "c", valueOf: "d", "with-dash": "e", choice: "@deprecated", map: {} });
const lines: string[] = [];
const wevt = createWevt({ service: { name: "x" }, collectors: [{ name: "test", flush: (events) => void lines.push(...events.map((event) => event.line)) }] });
wevt.run(jobOriginator({ hasOwnProperty: "a" }), (event) => { event.log(part); event.delete({ toString: "z" }); event.log(delete_({ then: "y" })); });
await wevt.close();
export const result: string = JSON.stringify([lines.map((line) => JSON.parse(line)), paths.hostile.hasOwnProperty]);
(globalThis as unknown as { process: { stdout: { write(text: string): void } } }).process.stdout.write(result);
`;

const wrongUses: readonly (readonly [what: string, code: string, error: RegExp])[] = [
  ["a missing required field", "user({ tier: \"pro\" });", /Property 'id' is missing in type '\{ tier: "pro"; \}' but required in type 'UserInput'/],
  ["an unknown field", "user({ id: \"a\", teir: \"pro\" });", /'teir' does not exist in type 'UserInput'/],
  ["a wrong value", "user({ id: \"a\", tier: \"gold\" });", /Type '"gold"' is not assignable to type '"free" \| "pro" \| undefined'/],
  ["a wrong type", "user({ id: 1 });", /Type 'number' is not assignable to type 'string'/],
  ["an unknown partial in set", "wevt.set({ usr: {} });", /'usr' does not exist in type/],
  ["a path that add does not take", "wevt.add(\"user.id\", 1);", /Argument of type '"user.id"' is not assignable to parameter of type '(?:"cart.(?:items|bytes|waitNs)"(?: \| )?){3}'/],
  ["a duration into text", "wevt.time(\"cart.waitNs\", () => 1);", /'"cart.waitNs"' is not assignable to parameter of type/],
  ["a path that time does not take", "wevt.time(\"cart.items\", () => 1);", /'"cart.items"' is not assignable to parameter of type/],
  ["another partial on a named event", "wevt.events.checkout.run(jobOriginator({}), (event) => event.log(cart({})));", /'BuiltPartial<"cart", Cart>' is not assignable to parameter of type 'BuiltPartial<"user", User>'/],
  ["another partial on a named event, bound", "wevt.events.checkout.run(jobOriginator({}), (event) => event.log(wevt.bind(cart({}))));", /'BuiltPartial<"cart", Cart>' is not assignable to parameter of type 'BuiltPartial<"user", User>'/],
  ["another partial's method on a named event", "wevt.events.checkout.run(jobOriginator({}), (event) => event.cart({}));", /Property 'cart' does not exist on type 'CheckoutEvent'/],
  ["a timer of a field that is no time", "wevt.start(jobOriginator({})).start(\"cart.items\");", /'"cart.items"' is not assignable to parameter of type/],
  ["a misspelt path", "export const path: string = paths.user.teir;", /Property 'teir' does not exist on type/],
  ["an unknown partial name", "export const name: WideEventPartial<\"usr\"> | undefined = undefined;", /Type '"usr"' does not satisfy the constraint/],
];

const rightUses = `import { cart, createWevt, jobOriginator, paths, user, UserTier, type User, type UserInput, type WideEventLog, type WideEventPartial } from "./shop/index.js";
const wevt = createWevt({ service: { name: "shop", podId: "v8" } });
const tags: readonly string[] = ["a"];
const input: UserInput = { id: "a", tier: UserTier.pro, seen: new Date(), tags, limits: undefined };
const built: WideEventPartial<"user"> = user(input);
const bound: WideEventPartial<"user"> = wevt.bind(user(input));
wevt.events.checkout.run(jobOriginator({}), (event) => event.log(bound));
wevt.run(jobOriginator({ jobName: "x" }), (event) => { event.log(built); event.log(bound); event.cart({ items: 1 }); });
wevt.events.checkout.run(jobOriginator({}), (event) => { event.user(input); event.set({ user: { limits: { max: 1 } } }); });
wevt.log(cart({}));
const event = wevt.start(jobOriginator({}));
event.add("cart.bytes", 5n);
const timer = event.start("cart.openMs");
timer.stop();
event.child(jobOriginator({})).emit();
export const callback: () => void = event.bind(() => wevt.log(cart({})));
export const wrapped: (name: string) => Promise<number> = wevt.wrap((name: string) => jobOriginator({ jobName: name }), async (name: string) => name.length, { timeoutMs: 100 });
export class Shop {
  @wevt.events.checkout.track<Shop, [name: string], number>((name) => jobOriginator({ jobName: name }))
  buy(name: string): number {
    return name.length;
  }
}
wevt.run(jobOriginator({}), () => wevt.traceContext()?.traceId, { from: wevt.traceContext(), timeoutMs: 5 });
export const path: "user.limits.max" = paths.user.limits.max;
export const tierOf = (log: WideEventLog): User["tier"] => log.user?.tier;
export const recorded: User = { id: "a", seen: 1 };
export const guard = (value: unknown): string => (user.is(value) ? value.id : "");
`;

describe.each([["TypeScript", "ts"], ["JavaScript with declarations", "js"]] as const)("generated %s", (_output, output) => {
  let project: GeneratedProject;
  let errors: { readonly [compiler: string]: string };
  beforeAll(async () => {
    const hostile = (await compileFiles(hostileFiles())).registry;
    const shop = (await compileFiles(shopFiles)).registry;
    project = await generatedProject({ hostile, shop, standard: await standardRegistry(), empty: (await compileFiles({ "schemas/a.yaml": "partial: a\nbrief: Nothing.\nproperties: {}\n" })).registry }, { output });
    project.write("src/run-hostile.ts", runHostile);
    project.write("src/right.ts", rightUses);
    wrongUses.forEach(([, code], index) => project.write(`src/wrong${index}.ts`, `import * as shop from "./shop/index.js";\nexport const { user, cart, jobOriginator, paths } = shop as typeof shop;\nexport type WideEventPartial<N extends shop.PartialName> = shop.WideEventPartial<N>;\nconst wevt = shop.createWevt();\nvoid wevt;\n${code}\n`));
    errors = { "typescript-5.9": project.typecheck("typescript-5.9"), typescript: project.typecheck("typescript") };
  }, 120_000);
  afterAll(() => project.remove());

  it.each(["typescript-5.9", "typescript"])("compiles with %s, hostile texts and names included", (compiler) => {
    expect(errors[compiler]?.split("\n").filter((line) => /^\S/.test(line) && !/^\/?src\/wrong\d+\.ts/.test(line))).toEqual([]);
  });

  it("runs with hostile texts and names, and writes what it was given", () => {
    const [lines, path] = JSON.parse(project.run("src/run-hostile.ts"));
    expect(path).toBe("hostile.hasOwnProperty");
    expect(lines).toHaveLength(1);
    expect(lines[0].hostile).toMatchObject({ constructor: "b", toString: "c", choice: "@deprecated", "with-dash": "e" });
    expect(lines[0].delete).toEqual({ toString: "z", then: "y" });
  });

  it.each(wrongUses.map(([what, , error], index) => [what, index, error] as const))("makes %s a compile error that says so", (_, index, error) => {
    for (const compiler of ["typescript-5.9", "typescript"]) {
      const own = errors[compiler]?.split(/\n(?=\S)/).filter((one) => new RegExp(`^/?src/wrong${index}\\.ts\\(6,`).test(one)).join("\n");
      expect(own, compiler).toMatch(error);
    }
  });
});

/** The main entries of the package lead to one file, too. */
const runtimeDeclarations = ["codegen", "declarations", "index"].map((name) => `wevt/dist/runtime/${name}.d.ts`);

const singleModules = `import { jobOriginator, type JobOriginator } from "./shop/originators/job.js";
import { user, UserTier, type User, type UserInput } from "./shop/partials/user.js";
import { paths } from "./shop/paths.js";
import { registry, type Registry } from "./shop/registry.js";
import { createWevt, user as same, type Wevt } from "./shop/index.js";
import type { CheckoutEvent, Wevt as SameWevt } from "./shop/events.js";
const input: UserInput = { id: "a", tier: UserTier.pro, seen: new Date() };
export const whole: typeof same = user;
export const wevt: SameWevt = createWevt();
export const other: Wevt = wevt;
export const types: [User["tier"], JobOriginator, Registry["events"]["checkout"]["required"], CheckoutEvent | undefined] = ["pro", {}, "user", undefined];
wevt.run(jobOriginator({}), (event) => event.log(user(input)));
export const values: unknown[] = [paths.user.tier, registry];
`;

const runPlain = `import { createWevt, user, jobOriginator, paths, UserTier } from "./shop/index.js";
const records = [];
const wevt = createWevt({ service: { name: "x" }, validation: "throw", collectors: [{ name: "test", flush: (events) => void records.push(...events.map((event) => JSON.parse(event.line))) }] });
wevt.run(jobOriginator({ jobName: "j" }), (event) => event.user({ id: "a", tier: UserTier.pro, seen: new Date(7) }));
await wevt.close();
console.log(JSON.stringify([records[0].user, paths.user.tier, user.is({ id: 1 })]));
`;

describe("output: js", () => {
  it("runs in Node as it is, without a build", async () => {
    const project = await generatedProject({ shop: (await compileFiles(shopFiles)).registry }, { output: "js" });
    try {
      project.write("src/main.mjs", runPlain);
      expect(JSON.parse(execFileSync(process.execPath, ["src/main.mjs"], { cwd: project.folder, encoding: "utf8" }))).toEqual([{ id: "a", tier: "pro", seen: 7 }, "user.tier", false]);
    } finally {
      project.remove();
    }
  });

  it("gives a program that imports the index one file to read, and one that imports a single module the same types", async () => {
    const project = await generatedProject({ shop: (await compileFiles(shopFiles)).registry }, { output: "js" });
    try {
      project.write("src/whole.ts", `import { user } from "./shop/index.js";\nexport const built: object = user({ id: "a" });\n`);
      for (const compiler of ["typescript-5.9", "typescript"] as const) expect(project.loaded(compiler, "src/whole.ts")).toEqual(["src/shop/index.d.ts", "src/whole.ts", ...runtimeDeclarations]);
      project.write("src/single.ts", singleModules);
      for (const compiler of ["typescript-5.9", "typescript"] as const) expect(project.typecheck(compiler)).toBe("");
      project.write("src/single.ts", singleModules.replace('tier: UserTier.pro', 'tier: "gold"'));
      expect(project.typecheck("typescript")).toMatch(/Type '"gold"' is not assignable to type '"free" \| "pro" \| undefined'/);
    } finally {
      project.remove();
    }
  });

  it("says in the editor what the TypeScript says: the types of wevt by their own names", async () => {
    const { registry } = await compileFiles(shopFiles);
    const declarations = (await generatedFiles(registry, { output: "js" })).find((file) => file.path === "index.d.ts")?.text ?? "";
    const typed = (await generatedFiles(registry)).find((file) => file.path === "partials/user.ts")?.text ?? "";
    const interfaces = typed.match(/^(?:\/\*\*(?:[^*]|\*(?!\/))*\*\/\n)?export interface \w+ (?:[^{]*)\{\n[^]*?^\}\n/gm) ?? [];
    expect(interfaces).toHaveLength(2);
    for (const one of interfaces) expect(declarations.replaceAll("_InputBase", "InputBase")).toContain(one);
  });

  it("has for each JavaScript file its declarations, and no type in it", async () => {
    const { registry } = await compileFiles(hostileFiles());
    const files = await generatedFiles(registry, { output: "js" });
    const paths = new Set(files.map((file) => file.path));
    expect([...paths].filter((path) => path.endsWith(".js")).map((path) => path.replace(/\.js$/, ".d.ts")).filter((path) => !paths.has(path))).toEqual([]);
    expect([...paths].filter((path) => !/\.(?:js|d\.ts)$/.test(path))).toEqual([]);
    for (const { path, text } of files.filter((file) => file.path.endsWith(".js"))) expect(() => transformSync(text, { loader: "js" }), path).not.toThrow();
  });

  it("is the same at run time as the TypeScript: what it exports, each definition, its rule and the code of its validator", async () => {
    const { registry } = await compileFiles(hostileFiles());
    const [typed, plain] = await Promise.all([runtimeOf(registry, "ts"), runtimeOf(registry, "js")]);
    expect(plain).toEqual(typed);
    expect(plain).toContain("hostile {");
  });

  it("has one file for each definition, whose builder may have the name of anything that it imports", async () => {
    const { registry } = await compileFiles(hostileFiles());
    const paths = (await generatedFiles(registry, { output: "js" })).map(({ path }) => path).filter((path) => path.startsWith("partials/"));
    expect(paths.filter((path) => path.includes("schema"))).toEqual([]);
    for (const name of ["data", "check", "c0", "partialBuilder"]) expect(paths).toContain(`partials/${name}.js`);
  });
});

/** All that the generated index exports, as text: functions are their code, without its spaces. */
async function runtimeOf(registry: Registry, output: "ts" | "js"): Promise<string> {
  const project = await generatedProject({ shop: registry }, { output });
  try {
    if (output === "ts") for (const { path, text } of await generatedFiles(registry)) project.write(`src/shop/${path.replace(/ts$/, "js")}`, transformSync(text, { loader: "ts", format: "esm" }).code);
    project.write("src/main.mjs", `import * as all from "./shop/index.js";
const code = (value) => value.toString().replace(/\\s+/g, "").replace(/\\/\\*.*?\\*\\//g, "");
const text = (value) => JSON.stringify(value, (_, one) => (typeof one === "function" ? { code: code(one), ...one } : one));
console.log(Object.entries(all).map(([name, value]) => name + " " + text(value)).join("\\n"));
console.log(text(Object.entries(all).filter(([, value]) => typeof value?.is === "function").map(([, build]) => build({}).descriptor)));
`);
    return execFileSync(process.execPath, ["src/main.mjs"], { cwd: project.folder, encoding: "utf8", maxBuffer: 100_000_000 });
  } finally {
    project.remove();
  }
}

describe("generated text", () => {
  it("is the same whatever the order of the schema files", async () => {
    const reversed = Object.fromEntries(Object.entries(shopFiles).reverse());
    const [left, right] = await Promise.all([shopFiles, reversed].map(async (files) => generatedFiles((await compileFiles(files)).registry)));
    expect(right).toEqual(left);
  });

  it("imports wevt and its siblings only, names its source, and ends with one newline", async () => {
    for (const { path, text } of await generatedFiles((await compileFiles(hostileFiles())).registry)) {
      expect(text, path).toMatch(/^(?:\/\/ @ts-nocheck\n|\/\* eslint-disable \*\/\n|\/\/ biome.*\n)*\/\/ Generated by wevt from [^\n]+\. Do not edit\. Format 1\.\n/);
      expect(text, path).toMatch(/[^\n]\n$/);
      const imported = [...text.matchAll(/^(?:import|export) .*from "([^"]+)";$/gm)].map((match) => match[1] ?? "");
      expect(imported.filter((one) => !/^wevt(?:\/codegen)?$|^\.{1,2}\/[\w./]+\.js$/.test(one)), path).toEqual([]);
    }
  });

  it("writes the extension that importExtension asks for", async () => {
    const files = await generatedFiles((await compileFiles(shopFiles)).registry, { importExtension: "ts" });
    expect(files.filter(({ text }) => /from "\.[^"]*\.js"/.test(text)).map((file) => file.path)).toEqual([]);
  });
});
