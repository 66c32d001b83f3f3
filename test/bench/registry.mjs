// Projects of N partials with 20 fields each: the input of the generate and tsc benchmarks.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const fields = (number) => `  id: { type: string, pattern: "^[a-z]+_[0-9]+$", brief: Identifier of the thing., kind: id, examples: [thing_1] }
  status:
    brief: State of the thing.
    kind: dimension
    oneOf:
      - { const: open, description: Work goes on. }
      - { const: closed, description: Nothing more to do. }
  size: { type: integer, minimum: 0, maximum: 1000000, unit: By, kind: measure, brief: Size of the thing., examples: [${number}] }
  durationMs: { type: number, minimum: 0, unit: ms, kind: measure, merge: sum, brief: Time it took., examples: [1.5] }
  active: { type: boolean, kind: flag, brief: Whether it is in use., examples: [true] }
  startedAt: { type: string, format: date-time, kind: timestamp, brief: When it began., examples: ["2026-01-20T00:19:26.748Z"] }
  tags: { type: array, items: { type: string, brief: One tag. }, brief: Tags of the thing., examples: [[a, b]] }
  limits:
    type: object
    brief: Limits that applied.
    required: [max]
    properties:
      max: { type: integer, minimum: 1, brief: The most that is allowed., unit: "{item}", examples: [10] }
      soft: { type: boolean, brief: Whether it may be exceeded., examples: [false] }
${Array.from({ length: 12 }, (_, index) => `  field${index}: { type: ${["string", "integer", "number", "boolean"][index % 4]}, brief: "Field ${index} of partial ${number}.", owner: team-${index % 3} }`).join("\n")}
`;

/** The YAML of one partial. */
export function partialText(number, brief = "A thing of the application.") {
  return `partial: thing${number}\nbrief: ${brief}\nowner: bench\nrequired: [id]\nproperties:\n${fields(number)}`;
}

/** Writes a project and returns its folder. */
export function makeProject(folder, count, { root }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "schemas"), { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/wevt"), "junction");
  writeFileSync(join(folder, "package.json"), '{ "name": "bench", "private": true, "type": "module" }\n');
  writeFileSync(join(folder, "wevt.config.yaml"), "version: 1\n");
  for (let number = 0; number < count; number++) writeFileSync(join(folder, `schemas/thing${number}.yaml`), partialText(number));
  return folder;
}
