/** TypeScript itself is the judge: whatever it makes of a tsconfig.json, `init` has to see too. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import ts from "typescript-5.9";
import { describe, expect, it } from "vitest";
import { parseJsonc } from "../../src/cli/jsonc.js";
import { importExtensionOf } from "../../src/cli/tsconfig.js";
import { projectOf } from "../helpers/cli.js";

type Files = { readonly [path: string]: string };

const allows = '{ "compilerOptions": { "allowImportingTsExtensions": true } }';
const rewrites = '{ "compilerOptions": { "rewriteRelativeImportExtensions": true } }';
const refuses = '{ "compilerOptions": { "allowImportingTsExtensions": false } }';

function judged(project: string): "js" | "ts" {
  const { config } = ts.readConfigFile(join(project, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, project, undefined, join(project, "tsconfig.json"));
  return options.allowImportingTsExtensions === true || options.rewriteRelativeImportExtensions === true ? "ts" : "js";
}

describe("the extension of imports", () => {
  const cases: { readonly [title: string]: readonly ["js" | "ts", Files] } = {
    "is .js where tsconfig.json is silent": ["js", { "tsconfig.json": "{}" }],
    "is .ts where it may be": ["ts", { "tsconfig.json": allows }],
    "is .ts where it is rewritten": ["ts", { "tsconfig.json": rewrites }],
    "is .js where a comment alone speaks of .ts": ["js", { "tsconfig.json": `{ /* "compilerOptions": { "allowImportingTsExtensions": true } */\n // "compilerOptions": { "allowImportingTsExtensions": true }\n}` }],
    "is .js where a string alone speaks of .ts": ["js", { "tsconfig.json": String.raw`{ "compilerOptions": { "paths": { "a": ["\"allowImportingTsExtensions\": true"] } } }` }],
    "is .js where the word stands outside the compiler options": ["js", { "tsconfig.json": '{ "allowImportingTsExtensions": true }' }],
    "takes patterns of paths for no comments": ["ts", { "tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./src/*"], "~/*": ["./*"], "//x": ["a//b"] }, "allowImportingTsExtensions": true }, "include": ["src/**/*.ts"] }' }],
    "takes comments between patterns for comments": ["js", { "tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] }, /* "allowImportingTsExtensions": true, */ "strict": true }, "include": ["**/*"] }' }],
    "reads commas too many, CRLF and a byte order mark": ["ts", { "tsconfig.json": '\ufeff{\r\n  // "a"\r\n  "compilerOptions": {\r\n    "lib": ["es2023", ],\r\n    "allowImportingTsExtensions": true, // yes\r\n  },\r\n}\r\n' }],
    "comes from a file that is extended": ["ts", { "tsconfig.json": '{ "extends": "./base.json" }', "base.json": allows }],
    "comes from a file named without its extension": ["ts", { "tsconfig.json": '{ "extends": "./config/base" }', "config/base.json": allows }],
    "comes from the file above the project": ["ts", { "tsconfig.json": '{ "extends": "./a/b/tsconfig" }', "a/b/tsconfig.json": '{ "extends": "../base" }', "a/base.json": rewrites }],
    "is the project's own where both speak": ["js", { "tsconfig.json": '{ "extends": "./base.json", "compilerOptions": { "allowImportingTsExtensions": false } }', "base.json": allows }],
    "is that of the last of several": ["js", { "tsconfig.json": '{ "extends": ["./one.json", "./two.json"] }', "one.json": allows, "two.json": refuses }],
    "is that of the only one of several that speaks": ["ts", { "tsconfig.json": '{ "extends": ["./one.json", "./two.json"] }', "one.json": allows, "two.json": "{}" }],
    "comes from the tsconfig.json of a package": ["ts", { "tsconfig.json": '{ "extends": "@acme/base" }', "node_modules/@acme/base/package.json": "{}", "node_modules/@acme/base/tsconfig.json": allows }],
    "comes from the file that a package names": ["ts", { "tsconfig.json": '{ "extends": "base" }', "node_modules/base/package.json": '{ "tsconfig": "./strict.json" }', "node_modules/base/strict.json": allows, "node_modules/base/tsconfig.json": "{}" }],
    "comes from a file of a package": ["ts", { "tsconfig.json": '{ "extends": "@acme/base/node/strict.json" }', "node_modules/@acme/base/package.json": "{}", "node_modules/@acme/base/node/strict.json": allows }],
    "comes from a file of a package, named without its extension": ["ts", { "tsconfig.json": '{ "extends": "base/strict" }', "node_modules/base/strict.json": allows }],
    "comes from a folder of a package": ["ts", { "tsconfig.json": '{ "extends": "base/strict" }', "node_modules/base/strict/tsconfig.json": allows }],
    "comes from what a package exports": ["ts", { "tsconfig.json": '{ "extends": "base/strict" }', "node_modules/base/package.json": '{ "exports": { "./strict": "./inside/strict.json" } }', "node_modules/base/inside/strict.json": allows }],
    "does not come from what a package keeps to itself": ["js", { "tsconfig.json": '{ "extends": "base/strict.json" }', "node_modules/base/package.json": '{ "exports": {} }', "node_modules/base/strict.json": allows }],
    "comes from a package that a package extends": ["ts", { "tsconfig.json": '{ "extends": "one" }', "node_modules/one/tsconfig.json": '{ "extends": "two/base.json" }', "node_modules/two/base.json": allows }],
  };

  it.each(Object.entries(cases))("%s", (_, [expected, files]) => {
    const project = projectOf(files);
    expect({ ours: importExtensionOf(project).extension, judge: judged(project) }).toEqual({ ours: expected, judge: expected });
  });

  it("is found through packages installed above the project", () => {
    const project = projectOf({ "node_modules/base/tsconfig.json": allows, "apps/one/tsconfig.json": '{ "extends": "base" }' });
    expect(importExtensionOf(join(project, "apps/one"))).toEqual({ extension: "ts", notes: [] });
    expect(judged(join(project, "apps/one"))).toBe("ts");
  });
});

describe("JSON with comments", () => {
  const blank = fc.array(fc.constantFrom(" ", "\n", "\r\n", "\t", "/* , ] } \" // */", "// { \" /* \n", "/**/", "/*\n*/"), { maxLength: 3 }).map((parts) => parts.join(""));
  const blanks = fc.infiniteStream(blank);

  /** The same value, with comments and commas wherever they may be. */
  function printed(value: unknown, next: () => string): string {
    const list = (open: string, items: readonly string[], close: string): string => `${open}${items.map((item) => `${next()}${item}${next()}`).join(",")}${items.length > 0 && next().length > 1 ? "," : ""}${next()}${close}`;
    if (Array.isArray(value)) return list("[", value.map((item) => printed(item, next)), "]");
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    return list("{", Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}${next()}:${next()}${printed(item, next)}`), "}");
  }

  it("is the value that it is without them, whatever the strings hold, and TypeScript agrees", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("@/*", "**/*", "//", "/* */", "a, ]", "\\", '\\"', '"', ",}"));
    const { value } = fc.letrec((tie) => ({ value: fc.oneof({ maxDepth: 4 }, text, fc.boolean(), fc.integer(), fc.constant(null), fc.array(tie("value"), { maxLength: 4 }), fc.dictionary(text.filter((key) => key !== "__proto__"), tie("value"), { maxKeys: 4 })) }));
    fc.assert(fc.property(fc.dictionary(fc.constantFrom("a", "b", "extends"), value), blanks, (root, stream) => {
      const given = printed(root, () => String(stream.next().value));
      expect(parseJsonc(given)).toEqual(root);
      const { config, error } = ts.parseConfigFileTextToJson("tsconfig.json", given);
      expect({ config, error }).toEqual({ config: root, error: undefined });
    }));
  });
});

describe("a tsconfig.json that cannot be read", () => {
  const cases: { readonly [title: string]: readonly [string, Files] } = {
    "is not JSON": [String.raw`^tsconfig\.json cannot be read: it is not JSON`, { "tsconfig.json": '{\n  "compilerOptions": {{ "allowImportingTsExtensions": true }\n' }],
    "ends in a string": [String.raw`^tsconfig\.json cannot be read`, { "tsconfig.json": '{ "compilerOptions' }],
    "ends in a comment": [String.raw`^tsconfig\.json cannot be read`, { "tsconfig.json": "{ /* " }],
    "is empty": [String.raw`^tsconfig\.json cannot be read: it is empty`, { "tsconfig.json": " // nothing\n" }],
    "is a list": [String.raw`^tsconfig\.json cannot be read: it is no JSON object`, { "tsconfig.json": "[]" }],
    "extends what is not there": [String.raw`^tsconfig\.json extends "@acme/base", which is not there$`, { "tsconfig.json": '{ "extends": "@acme/base" }' }],
    "extends itself": [String.raw`extends "\./tsconfig\.json", which extends it$`, { "tsconfig.json": '{ "extends": "./base.json" }', "base.json": '{ "extends": "./tsconfig.json" }' }],
    "extends what is no JSON": [String.raw`^\./base\.json cannot be read`, { "tsconfig.json": '{ "extends": "./base.json" }', "base.json": "nothing" }],
  };

  it.each(Object.entries(cases))("%s: is told, and imports end in .js", (_, [note, files]) => {
    const { extension, notes } = importExtensionOf(projectOf(files));
    expect(extension).toBe("js");
    expect(notes).toEqual([expect.stringMatching(new RegExp(note))]);
  });

  it("keeps what the rest says", () => {
    expect(importExtensionOf(projectOf({ "tsconfig.json": '{ "extends": "gone", "compilerOptions": { "allowImportingTsExtensions": true } }' })).extension).toBe("ts");
  });

  it("may be a folder", () => {
    const project = projectOf({});
    mkdirSync(join(project, "tsconfig.json"));
    expect(importExtensionOf(project)).toEqual({ extension: "js", notes: [expect.stringContaining("EISDIR")] });
  });
});
