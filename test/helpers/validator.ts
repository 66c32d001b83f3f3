/** A schema's generated validator, run: compiled by the real compiler, printed by the real emitter, with its types stripped. */
import { transformSync } from "esbuild";
import type { Diagnostic } from "../../src/compiler/diagnostics.js";
import { compile } from "../../src/compiler/compile.js";
import { defaultConfig } from "../../src/compiler/config.js";
import type { PartialDef, Json } from "../../src/compiler/registry.js";
import type { CheckName } from "../../src/emit/typescript/check-module.js";
import { schemaModule } from "../../src/emit/typescript/schema-module.js";
import * as codegen from "../../src/runtime/codegen.js";
import type { Check, ObjectRule } from "../../src/runtime/contract.js";

export interface Compiled {
  readonly partial: PartialDef | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles a definition given as an object. */
export async function compilePartial(definition: { readonly [key: string]: unknown }): Promise<Compiled> {
  const { value, diagnostics } = await compile({ files: [{ path: "schemas/t.json", text: JSON.stringify(definition) }], config: defaultConfig });
  return { partial: value?.partials[0], diagnostics };
}

/** What a generated module imports to judge a value. */
type Judges = Pick<typeof codegen, "checker" | "explainer">;

export interface RunOptions {
  readonly without?: ReadonlySet<CheckName>;
  /** Replaces what the generated module imports: its halves can be tested alone. */
  readonly judges?: Partial<Judges>;
}

/** The exports of the generated module. */
export function runModule(partial: PartialDef, { without, judges = {} }: RunOptions = {}): { readonly check: Check; readonly rule: ObjectRule } {
  const text = schemaModule(partial, { header: "// Generated.", ...(without === undefined ? {} : { without }) });
  const { code } = transformSync(text, { loader: "ts", format: "cjs" });
  const module: { exports: { check?: Check; rule?: ObjectRule } } = { exports: {} };
  new Function("require", "module", code)(() => ({ ...codegen, ...judges }), module);
  const { check, rule } = module.exports;
  if (check === undefined || rule === undefined) throw new Error(`no check in\n${text}`);
  return { check, rule };
}

/** Only the fast half: where it says no, nobody is asked why. */
export const fastOnly: Partial<Judges> = { explainer: ({ where }) => Object.assign(() => false, { where }) };

/** Only the half that explains. */
export const slowOnly: Partial<Judges> = { checker: (_is, explain) => codegen.checker(() => false, explain) };

/** A schema of the suite in our language: openness stated, `kind: json` where nothing says a type. */
export function stated(schema: Json): Json {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return schema;
  const source: { readonly [key: string]: Json } = schema as { readonly [key: string]: Json };
  const out: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(source)) {
    if (key === "$schema") continue;
    out[key] = statedPart(key, value);
  }
  const types = [source["type"]].flat();
  const objects = types.includes("object") || ["properties", "patternProperties", "required", "dependentRequired", "propertyNames", "minProperties", "maxProperties"].some((key) => Object.hasOwn(source, key));
  if (objects && !Object.hasOwn(source, "additionalProperties")) out["additionalProperties"] = true;
  if (!["type", "const", "enum", "oneOf", "$ref"].some((key) => Object.hasOwn(source, key))) out["kind"] = "json";
  return out;
}

const maps = new Set(["properties", "patternProperties", "$defs", "definitions"]);
const schemas = new Set(["items", "additionalProperties"]);

function statedPart(key: string, value: Json): Json {
  if (Array.isArray(value)) return key === "prefixItems" || key === "items" ? value.map(stated) : value;
  if (schemas.has(key)) return stated(value);
  if (!maps.has(key) || typeof value !== "object" || value === null) return value;
  return fromPairs(Object.entries(value).map(([name, one]) => [name, stated(one)]));
}

function fromPairs(pairs: readonly (readonly [string, Json])[]): Json {
  const out: { [key: string]: Json } = {};
  for (const [name, value] of pairs) Object.defineProperty(out, name, { value, enumerable: true, configurable: true, writable: true });
  return out;
}

/** The schema as field `v` of a partial; what it defines for references moves to the root. */
export function asPartial(schema: Json): { readonly [key: string]: Json } {
  const whole = stated(schema);
  if (typeof whole !== "object" || whole === null || Array.isArray(whole)) return { partial: "t", properties: { v: whole } };
  const { $defs, definitions, ...field } = whole as { [key: string]: Json };
  return {
    partial: "t",
    properties: { v: field },
    ...($defs === undefined ? {} : { $defs }),
    ...(definitions === undefined ? {} : { definitions }),
  };
}
