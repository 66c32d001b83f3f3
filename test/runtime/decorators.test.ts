/** `@wevt.track` and `@streaming` in programs of users: compiled by TypeScript, in both ways that it knows of decorating. */
import { rmSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { linkPackages, run, temporaryFolder, tsc, writeFile } from "../helpers/example.js";

const project = temporaryFolder();
afterAll(() => rmSync(project, { recursive: true, force: true }));
linkPackages(project);
writeFile(project, "package.json", JSON.stringify({ type: "module" }));
writeFile(project, "src/main.ts", `
import { type BuiltOriginator, createWevt } from "wevt";
import { memory } from "wevt/collectors/memory";
import { endOfStream, streaming } from "wevt/streams";

const collected = memory();
const wevt = createWevt({ collectors: [collected] });
const originator = (path: string): BuiltOriginator => ({ originator: path, fields: {}, descriptor: { contract: 1, kind: "originator", name: path, check: () => {}, rule: { fields: {} } } as unknown as BuiltOriginator["descriptor"] });

class Task {
  readonly id = "task-1";
}

class Agent {
  readonly model = "opus";

  @wevt.track(originator("fixed"))
  async execute(task: Task): Promise<string> {
    return \`\${this.model} \${task.id}\`;
  }

  @wevt.track(function (this: Agent, task: Task) { return originator(this.model + task.id); }, { timeoutMs: 1_000 })
  made(task: Task, _more?: number): number {
    return task.id.length;
  }

  @wevt.track((task: Task) => originator(task.id), { until: endOfStream })
  @streaming
  async *answer(task: Task): AsyncGenerator<string> {
    yield task.id;
  }

  @wevt.track(originator("static"))
  static create(): Agent {
    return new Agent();
  }
}

const agent = Agent.create();
const parts: string[] = [];
for await (const part of agent.answer(new Task())) parts.push(part);
console.log(JSON.stringify([await agent.execute(new Task()), agent.made(new Task()), parts, agent.made.name, agent.made.length]));
console.log(JSON.stringify(collected.records.map(({ originator }) => Object(originator).type)));
`);

describe("decorators of methods", () => {
  it.each([false, true])("work, with types and names, where experimentalDecorators is %s", (experimentalDecorators) => {
    writeFile(project, "tsconfig.json", JSON.stringify({ compilerOptions: { target: "ES2022", lib: ["ES2022"], module: "NodeNext", rootDir: "src", outDir: "out", types: ["node"], strict: true, exactOptionalPropertyTypes: true, experimentalDecorators }, include: ["src"] }));
    tsc(project);
    expect(run(project, "out/main.js").split("\n")).toEqual(['["opus task-1",6,["task-1"],"made",2]', '["static","task-1","fixed","opustask-1"]', ""]);
  });
});
