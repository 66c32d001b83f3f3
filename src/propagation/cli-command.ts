/** The fields of the standard `cli` originator: names of options, never their values or any other argument. */
import { environment, processObject } from "../runtime/platform.js";
import { attempt, present, read } from "./read.js";

export interface CliFields {
  readonly command: string;
  readonly options?: readonly string[];
  readonly interactive?: boolean;
  readonly ci?: boolean;
  readonly platform?: string;
}

export interface CliCommandOptions {
  /** Arguments without the program and the script. Default: those of the process. */
  readonly argv?: readonly string[];
  /** The options that exist (`--dry-run`, `-v`). With them, nothing else that looks like an option is kept. */
  readonly known?: readonly string[];
}

const maxOptions = 50;
const optionName = /^--[a-z][\w.-]{0,63}$/i;

/**
 * A command that somebody ran. The caller says its name with its subcommands, since only it knows which arguments are that.
 *
 *     cliOriginator(cliCommand("db migrate"))
 */
export function cliCommand(command: string, options: CliCommandOptions = {}): CliFields {
  return attempt(() => fieldsOf(command, options), { command });
}

function fieldsOf(command: string, { argv, known }: CliCommandOptions): CliFields {
  const host = processObject();
  const options = optionNames(argv ?? listOf(read(host, "argv")).slice(2), known);
  const [system, processor] = [read(host, "platform"), read(host, "arch")];
  return present<CliFields>({
    command,
    options: options.length === 0 ? undefined : options,
    interactive: host === undefined ? undefined : read(read(host, "stdin"), "isTTY") === true,
    ci: host === undefined ? undefined : environment("CI") !== undefined && environment("CI") !== "false",
    platform: typeof system === "string" && typeof processor === "string" ? `${system}-${processor}` : undefined,
  });
}

/** Each name once. Behind `-p` its value may follow without a space, so of short options only the first letter is a name. */
function optionNames(argv: readonly unknown[], known: readonly string[] | undefined): readonly string[] {
  const names = new Set<string>();
  for (const argument of argv) {
    if (argument === "--" || names.size === maxOptions) break;
    if (typeof argument !== "string") continue;
    const name = argument.startsWith("--") ? (argument.split("=", 1)[0] ?? "") : (/^-[a-z]/i.exec(argument)?.[0] ?? "");
    if (known === undefined ? optionName.test(name) || name.length === 2 : known.includes(name)) names.add(name);
  }
  return [...names];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
