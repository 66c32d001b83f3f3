/** Every command and option, wired with commander (the one file that imports it). Bodies are loaded when their command runs. */
import { readFileSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { FindingKind } from "../code/usage/findings.js";
import type { CommandShape } from "./commands/completion.js";
import { printFailure, type Context, type FailOn } from "./context.js";
import { diskFailure, exit, Failure } from "./failure.js";
import { packageRoot } from "./project-root.js";
import { shownText, type ReportFormat, type Style } from "./report.js";

/** Commander has told the user already. */
export class UsageError extends Error {
  readonly code: number;
  constructor(code: number) {
    super("usage");
    this.name = "UsageError";
    this.code = code;
  }
}

export interface Program {
  run(argv: readonly string[]): Promise<number>;
}

export function createProgram(style: Style): Program {
  let code: number = exit.ok;
  const done = (result: number): void => void (code = result);
  const program = new Command("wevt")
    .description("Wide events you can trust: schemas in, types, builders, validators and field docs out.")
    .version(version(), "-V, --version", "print the version")
    .addOption(new Option("--cwd <folder>", "run as if started there").default("."))
    .addOption(new Option("--config <file>", "the config file; found by walking up when not given"))
    .addOption(new Option("--format <format>", "how findings are printed; github by itself under GitHub Actions").choices(["text", "json", "github"]))
    .addOption(new Option("--fail-on <severity>", "exit 1 for findings of this severity or above; an error that leaves nothing to generate is 1 in any case").choices(severities).argParser(failOnOf).default("error"))
    .option("--quiet", "print results only")
    .helpCommand("help [command]", "show the help of a command")
    .exitOverride()
    .configureOutput({ writeErr: (text) => void process.stderr.write(text.split("\n").map(shownText).join("\n")) })
    .showSuggestionAfterError(true)
    .addHelpText("after", "\nStart here:\n  $ wevt init\n  $ wevt generate\n\nExit codes: 0 fine; 1 findings, or generated files that are not current; 2 usage, config or\nunreadable files; 70 a bug of ours.");
  program.hook("preAction", (_, command) => {
    if (kindsOf(program.opts<RawOptions>().failOn).length > 0 && command.name() !== "usage") program.error(`error: only wevt usage has such findings; --fail-on takes ${severities.join(", ")}`);
  });
  const context = (): Context => contextOf(program.opts(), style);
  addGenerate(program, context, done);
  addCheck(program, context, done);
  addInit(program, context, done);
  addShow(program, context, done);
  addUsage(program, context, done);
  addDocs(program, context, done);
  addImport(program, context, done);
  addExplain(program, context, done);
  addCompletion(program, context, done);
  return {
    run: async (argv) => {
      try {
        await program.parseAsync([...argv], { from: "user" });
      } catch (error) {
        if (error instanceof CommanderError) throw new UsageError(error.exitCode === 0 ? exit.ok : exit.usage);
        const failure = error instanceof Failure ? error : diskFailure(error);
        if (failure !== undefined) printFailure(context(), failure);
        throw failure ?? error;
      }
      return code;
    },
  };
}

function version(): string {
  const text: unknown = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  return typeof text === "object" && text !== null && "version" in text ? String(text.version) : "0.0.0";
}

interface RawOptions {
  readonly cwd?: string;
  readonly config?: string;
  readonly format?: ReportFormat;
  readonly failOn?: string;
  readonly quiet?: boolean;
}

function contextOf({ cwd = ".", config, format, failOn = "error", quiet = false }: RawOptions, style: Style): Context {
  const github = process.env["GITHUB_ACTIONS"] === "true";
  return {
    cwd: startedIn(cwd),
    ...(config === undefined ? {} : { config }),
    format: format ?? (github ? "github" : "text"),
    failOn: severities.find((one) => one === failOn) ?? "error",
    quiet,
    style,
    out: (text) => void process.stdout.write(text),
    log: (text) => void (quiet || process.stderr.write(text)),
  };
}

const severities: readonly FailOn[] = ["error", "warn", "info", "none"];

/** A severity, or kinds of findings of `wevt usage`. */
function failOnOf(said: string): string {
  if (severities.some((one) => one === said)) return said;
  if (kindsOf(said).length !== said.split(",").length) throw new InvalidArgumentError(`Allowed choices are ${severities.join(", ")}; for wevt usage also ${usageKinds.join(", ")}.`);
  return said;
}

/** A shell that has gone through a link is where the link leads, too. */
function startedIn(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return resolve(folder);
  }
}

type Done = (code: number) => void;
type MakeContext = () => Context;

function example(...lines: readonly string[]): string {
  return `\nExample:\n${lines.map((line) => `  $ ${line}\n`).join("")}`;
}

function addGenerate(program: Command, context: MakeContext, done: Done): void {
  program
    .command("generate")
    .description("write types, builders, validators and docs from the schemas")
    .option("--check", "write nothing; exit 1 and show a diff when a generated file is stale, missing, extra or edited")
    .option("--dry-run", "write nothing; list what would change")
    .addOption(new Option("--watch", "run again after each change").conflicts(["check", "dryRun"]))
    .addHelpText("after", example("wevt generate", "wevt generate --check    # in CI"))
    .action(async ({ check = false, dryRun = false, watch = false }: { check?: boolean; dryRun?: boolean; watch?: boolean }) => {
      if (watch) return done(await (await import("./commands/watch.js")).watch(context()));
      done(await (await import("./commands/generate.js")).generate(context(), { check, dryRun }));
    });
}

function addCheck(program: Command, context: MakeContext, done: Done): void {
  program
    .command("check")
    .description("every gate in one CI line: the schemas are right, the generated files are current")
    .addHelpText("after", example("wevt check"))
    .action(async () => done(await (await import("./commands/generate.js")).generate(context(), { check: true, dryRun: false })));
}

function addInit(program: Command, context: MakeContext, done: Done): void {
  program
    .command("init")
    .description("add a config, example schemas, a CI workflow and editor support; overwrites nothing")
    .addOption(new Option("--template <name>", "what to start from").choices(["minimal", "rest", "agent"]).default("minimal"))
    .addHelpText("after", example("wevt init", "wevt init --template rest"))
    .action(async ({ template }: { template: string }) => done((await import("./commands/init.js")).init(context(), { template })));
}

function addShow(program: Command, context: MakeContext, done: Done): void {
  program
    .command("show")
    .description("print the resolved registry, a definition or a field, with where it comes from")
    .argument("[name]", "a definition (user, event:agent.execution) or a field (user.tier)")
    .option("--json", "as JSON")
    .option("--names", "the names only, one a line: what NAME may be")
    .addHelpText("after", example("wevt show", "wevt show user.tier", "wevt show user --json"))
    .action(async (name: string | undefined, { json = false, names = false }: { json?: boolean; names?: boolean }) => {
      done(await (await import("./commands/show.js")).show(context(), { json, names, ...(name === undefined ? {} : { name }) }));
    });
}

function addImport(program: Command, context: MakeContext, done: Done): void {
  const importing = program.command("import").description("write schema files from what declares fields elsewhere");
  importing
    .command("typescript")
    .description("write schema files from the types of a Registry; overwrites nothing")
    .argument("<file>", "the TypeScript file that declares or exports the type")
    .option("--type <name>", "the type whose properties are the partials")
    .option("--out <folder>", "where new files go; schemas, beside the config, when not given")
    .option("--project <tsconfig>", "the tsconfig.json that finds imported types; the nearest one above the file when not given")
    .option("--dry-run", "write nothing; list what would be written")
    .addOption(new Option("--update", "write nothing; show, as a patch, what would make the schemas follow the types").conflicts("dryRun"))
    .addHelpText("after", example("wevt import typescript src/events.ts --type Registry", "wevt import typescript src/events.ts --type Registry --update | patch -p1"))
    .action(async (file: string, { type, out, project, dryRun = false, update = false }: { type?: string; out?: string; project?: string; dryRun?: boolean; update?: boolean }) => {
      const { importTypescript } = await import("./commands/import.js");
      done(await importTypescript(context(), { file, dryRun, update, ...(out === undefined ? {} : { out }), ...(type === undefined ? {} : { type }), ...(project === undefined ? {} : { project }) }));
    });
}

/** The findings of `wevt usage` that `--fail-on` takes besides severities. They are those of `src/code/usage`, which is loaded later. */
const usageKinds: readonly FindingKind[] = ["never-set", "only-in-tests", "required-not-set", "deprecated", "unknown"];

function addUsage(program: Command, context: MakeContext, done: Done): void {
  program
    .command("usage")
    .description("who sets what: every place in your TypeScript that writes a field, and fields that nothing sets")
    .argument("[name]", "a definition or a field (user.tier): only this, with the code")
    .option("--project <tsconfig>", "a tsconfig file or its folder, again for each; every tsconfig.json when not given", (path: string, paths: readonly string[] = []) => [...paths, path])
    .option("--json", "as JSON (schemas/meta/usage.json)")
    .option("--baseline <file>", "a file of known findings, which are not told")
    .option("--update-baseline", "write the findings of now into the baseline (wevt.usage.json when none is named)")
    .addHelpText("after", `\n--fail-on takes kinds of findings, too: ${usageKinds.join(", ")}.\n${example("wevt usage", "wevt usage user.tier", "wevt usage --fail-on never-set,deprecated --baseline wevt.usage.json    # in CI")}`)
    .action(async (name: string | undefined, { project = [], json = false, baseline, updateBaseline = false }: { project?: readonly string[]; json?: boolean; baseline?: string; updateBaseline?: boolean }) => {
      const failOnKinds = kindsOf(program.opts<RawOptions>().failOn);
      const more = { ...(name === undefined ? {} : { name }), ...(baseline === undefined ? {} : { baseline }) };
      done(await (await import("./commands/usage.js")).usage(context(), { projects: project, json, updateBaseline, failOnKinds, ...more }));
    });
}

function addDocs(program: Command, context: MakeContext, done: Done): void {
  program
    .command("docs")
    .description("write the field docs to publish, with what no committed file holds")
    .requiredOption("--out <folder>", "where the pages go; pages of an earlier run are replaced")
    .option("--usage <file>", "what `wevt usage --json` printed: who sets what stands on the pages")
    .addHelpText("after", example("wevt usage --json > usage.json && wevt docs --usage usage.json --out public/events"))
    .action(async ({ out, usage }: { out: string; usage?: string }) => done(await (await import("./commands/docs.js")).docs(context(), { out, ...(usage === undefined ? {} : { usage }) })));
}

/** The kinds that `--fail-on never-set,deprecated` names; none for a severity. */
function kindsOf(said = ""): readonly FindingKind[] {
  const words = said.split(",");
  return usageKinds.filter((kind) => words.includes(kind));
}

function addExplain(program: Command, context: MakeContext, done: Done): void {
  program
    .command("explain")
    .description("explain a diagnostic: why it is told, and how to mend it")
    .argument("<id>", "its id, as printed")
    .addHelpText("after", example("wevt explain MISSING_TYPE"))
    .action(async (id: string) => done((await import("./commands/explain.js")).explain(context(), id)));
}

function addCompletion(program: Command, context: MakeContext, done: Done): void {
  program
    .command("completion")
    .description("print a completion script")
    .addArgument(new Argument("<shell>").choices(["bash", "zsh", "fish"]))
    .addHelpText("after", example("wevt completion bash >> ~/.bashrc", "wevt completion zsh > ~/.zfunc/_wevt    # a folder of $fpath", "wevt completion fish > ~/.config/fish/completions/wevt.fish"))
    .action(async (shell: string) => {
      const [{ completion }, { diagnosticTable }] = await Promise.all([import("./commands/completion.js"), import("../compiler/diagnostics.js")]);
      const known: Arguments = { show: "names", usage: "names", explain: Object.keys(diagnosticTable).sort(), help: program.commands.map((command) => command.name()) };
      const help: CommandShape = { name: "help", brief: "show the help of a command", options: [], argument: known["help"] ?? [] };
      context().out(completion(shell, [shapeOf(program, known), ...program.commands.map((command) => shapeOf(command, known)), help]));
      done(exit.ok);
    });
}

/** What a command takes, where commander does not know. */
type Arguments = { readonly [command: string]: CommandShape["argument"] };

/** A command as completion sees it; the first one is the program. */
function shapeOf(command: Command, known: Arguments): CommandShape {
  // What follows `import` are its commands, with their options.
  const below = command.parent === null ? [] : command.commands;
  const options = [command, ...below].flatMap((one) => one.options).map((option) => ({ name: option.long ?? option.short ?? "", brief: option.description, choices: option.argChoices ?? [], takesValue: option.required }));
  const global = command.parent === null ? [{ name: "--help", brief: "show help", choices: [], takesValue: false }] : [];
  return {
    name: command.name(),
    brief: command.description(),
    options: [...options, ...global],
    argument: known[command.name()] ?? [...below.map((one) => one.name()), ...command.registeredArguments.flatMap((argument) => argument.argChoices ?? [])],
  };
}
