// `wevt usage` on a generated project of 2,000 files, against what has to be done at least: loading it with ts-morph, binding, and resolving the
// symbols of all calls in the files that can reach generated code; and against the full diagnostics of the same project.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { compare, inspect, limit, timeProcess } from "./measure.mjs";

export default function usage({ root }) {
  const project = usageProject(root, 2000);
  const wevt = join(root, "bin/wevt.js");
  const node = (...parameters) => () => timeProcess(process.execPath, parameters, { cwd: project });
  const cache = join(project, "node_modules/.cache");
  const rival = join(root, "test/bench/usage-rival.mjs");
  try {
    const forget = () => rmSync(cache, { recursive: true, force: true });
    const result = compare("usage of 2,000 files", [
      { name: resolving, run: node(rival, "resolve") },
      { name: "ts-morph: all diagnostics", run: node(rival, "diagnostics") },
      { name: "wevt usage", run: node(wevt, "usage", "--json"), before: forget },
      { name: "wevt usage, again", run: node(wevt, "usage", "--json") },
    ], { rounds: 3 });
    const ms = (name) => result[name].ms;
    limit("over loading, binding and resolving, times", result["wevt usage"].paired, { atMost: 1.3 });
    limit("over full diagnostics, times", ms("wevt usage") / ms("ts-morph: all diagnostics"), { atMost: 0.5 });
    limit("a second run over the first, times", ms("wevt usage, again") / ms("wevt usage"), { atMost: 0.2 });
    forget();
    for (const [name, ...parameters] of [["wevt usage", wevt, "usage"], ["wevt usage, again", wevt, "usage"], [resolving, rival, "resolve"]]) {
      console.log(`  ${name.padEnd(58)} ${inspect(parameters, { cwd: project }).peakMb.toFixed(0).padStart(9)} MB at most`);
    }
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

const resolving = "ts-morph: load, bind, resolve the calls";

/** Layers of a service: handlers that call services that call stores; a third of the files writes fields, directly or through wrappers. */
export function usageProject(root, files) {
  const project = mkdtempSync(join(tmpdir(), "wevt-usage-"));
  cpSync(join(root, "templates/init/rest"), project, { recursive: true });
  mkdirSync(join(project, "node_modules/@types"), { recursive: true });
  symlinkSync(root, join(project, "node_modules/wevt"), "junction");
  for (const name of ["@types/node", "undici-types"]) symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name), "junction");
  const write = (path, text) => (mkdirSync(dirname(join(project, path)), { recursive: true }), writeFileSync(join(project, path), text));
  write("src/track.ts", `import { wevt } from "./telemetry.js";\nimport { chat, user, type ChatInput, type UserInput } from "./wevt/index.js";\n\nexport function trackUser(fields: UserInput): void {\n  wevt.log(user(fields));\n}\nexport function trackChat(fields: Partial<ChatInput> & { readonly chatId: string }): void {\n  wevt.set({ chat: fields });\n}\nexport const built = chat;\n`);
  for (let index = 0; index < files; index += 1) write(`src/area${index % 40}/module${index}.ts`, moduleText(index));
  execFileSync(process.execPath, [join(root, "bin/wevt.js"), "generate"], { cwd: project, stdio: "ignore" });
  return project;
}

function moduleText(index) {
  const other = index === 0 ? undefined : Math.floor(index / 3);
  const lines = [
    ...(other === undefined ? [] : [`import { load${other}, type Row${other} } from "../area${other % 40}/module${other}.js";`]),
    ...(index % 3 === 0 ? [`import { trackChat, trackUser } from "../track.js";`] : []),
    ...(index % 7 === 0 ? [`import { wevt } from "../telemetry.js";`, `import { response, sandbox } from "../wevt/index.js";`] : []),
    `export interface Row${index} { readonly id: string; readonly total: number; readonly tags: readonly string[]; readonly at: Date; readonly note?: string }`,
    `const cache${index} = new Map<string, Row${index}>();`,
    `export class Store${index} {`,
    `  readonly #rows: Row${index}[] = [];`,
    `  add(row: Row${index}): this { this.#rows.push(row); cache${index}.set(row.id, row); return this; }`,
    `  find(id: string): Row${index} | undefined { return cache${index}.get(id) ?? this.#rows.find((row) => row.id === id); }`,
    `  total(): number { return this.#rows.map((row) => row.total).filter((one) => Number.isFinite(one)).reduce((sum, one) => sum + one, 0); }`,
    `  tags(): readonly string[] { return [...new Set(this.#rows.flatMap((row) => row.tags.map((tag) => tag.trim().toLowerCase())))].sort((a, b) => a.localeCompare(b)); }`,
    `}`,
    `export const store${index} = new Store${index}();`,
    `export async function load${index}(id: string): Promise<Row${index}> {`,
    `  const found = store${index}.find(id);`,
    ...(other === undefined ? [] : [`  const above: Row${other} = await load${other}(id);`]),
    `  const row: Row${index} = found ?? { id, total: ${other === undefined ? "1" : "above.total"}, tags: ["a", "b"].concat(String(${index})), at: new Date() };`,
    ...(index % 3 === 0 ? [`  trackUser({ id: row.id, ...(row.total > 3 ? { tier: "pro" as const } : {}) });`, `  trackChat({ chatId: id, tokens: Math.round(row.total) });`] : []),
    ...(index % 7 === 0 ? [`  wevt.log(sandbox({ sandboxId: row.id, startedAt: row.at }));`, `  wevt.log(response({ status: row.tags.includes("b") ? 200 : 404 }));`] : []),
    `  store${index}.add(row);`,
    `  return { ...row, tags: store${index}.tags(), total: Math.max(store${index}.total(), JSON.stringify(row).length) };`,
    `}`,
    `export function format${index}(rows: readonly Row${index}[]): string {`,
    `  return rows.map(({ id, total, at }) => [id.padEnd(12), total.toFixed(2), at.toISOString()].join(" ")).join("\\n");`,
    `}`,
  ];
  return `${lines.join("\n")}\n`;
}
