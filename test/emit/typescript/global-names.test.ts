import { describe, expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";
import { generatedProject } from "../../helpers/generated.js";

const ours = ["check", "rule", "contract", "schema", "data", "checker", "partialBuilder", "inputBase", "input", "partials", "options", "createRuntime", "partial_descriptor", "service"];
const wevts = ["eventHandle", "namedEvent", "openService", "originatorBuilder", "pathsOf", "registryTypes", "runtimeRegistry", "eventDescriptor", "wide_event_originator", "partialNameOf", "baseOf"];
const languages = ["record", "readonly", "omit", "pick", "extract", "partial", "date", "promise", "array", "object", "string", "map", "globalThis"];

const properties = "{ at: { type: string, format: date-time }, toString: { type: string }, none: { type: object, properties: {} }, base: { enum: [a, b] }, _: { enum: [a, b] } }";

function namedFiles(): { readonly [path: string]: string } {
  const partials = [...ours, ...wevts, ...languages].map((name) => [`schemas/${name}.yaml`, `partial: ${name}\nproperties: ${properties}`]);
  return {
    ...Object.fromEntries(partials),
    "schemas/event.yaml": "event: handle\npartials: { pick: required, record: optional }\n",
    "schemas/originator.yaml": `originator: event\nproperties: ${properties}\n`,
  };
}

const main = `import { check, contract, createWevt, date, eventOriginator, pick, rule, type Wevt } from "./names/index.js";
const wevt: Wevt = createWevt();
wevt.log(check({}));
wevt.log(rule({}));
wevt.log(contract({ at: new Date() }));
wevt.log(date({ at: new Date(), toString: "text" }));
wevt.events.handle.run(eventOriginator({ at: new Date() }), (event) => event.pick({ at: "2026-01-01T00:00:00Z" }));
wevt.log(pick({ base: "a" }));
`;

describe.each(["ts", "js"] as const)("output: %s", (output) => {
  it.each(["typescript", "typescript-5.9"] as const)("partials named like TypeScript's own types, or like what generated code calls things, compile beside each other (%s)", async (compiler) => {
    const project = await generatedProject({ names: (await compileFiles(namedFiles())).registry }, { output });
    try {
      project.write("src/main.ts", main);
      expect(project.typecheck(compiler)).toBe("");
    } finally {
      project.remove();
    }
  });
});
