/** Completion scripts, made from the commands themselves. */

export interface CommandShape {
  readonly name: string;
  readonly brief: string;
  readonly options: readonly { readonly name: string; readonly brief: string; readonly choices: readonly string[]; readonly takesValue: boolean }[];
  /** What its argument may be. */
  readonly choices: readonly string[];
}

/** The script for a shell. The first shape is the program with its global options. */
export function completion(shell: string, [program, ...commands]: readonly CommandShape[]): string {
  if (program === undefined) return "";
  if (shell === "fish") return fish(program, commands);
  return shell === "zsh" ? `#compdef wevt\nautoload -U +X bashcompinit && bashcompinit\n${bash(program, commands)}` : bash(program, commands);
}

function bash(program: CommandShape, commands: readonly CommandShape[]): string {
  const words = (shape: CommandShape): string => [...shape.choices, ...shape.options.map((option) => option.name)].join(" ");
  const values = [...program.options, ...commands.flatMap((command) => command.options)].filter((option) => option.choices.length > 0);
  return `# wevt completion. Load it with: source <(wevt completion bash)
_wevt() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" i
  case "$previous" in
${values.map((option) => `    ${option.name}) COMPREPLY=($(compgen -W "${option.choices.join(" ")}" -- "$word")); return ;;\n`).join("")}    --cwd|--config) COMPREPLY=($(compgen -f -- "$word")); return ;;
  esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      ${commands.map((command) => command.name).join("|")}) command="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  case "$command" in
    "") COMPREPLY=($(compgen -W "${[...commands.map((command) => command.name), words(program)].join(" ")}" -- "$word")) ;;
${commands.map((command) => `    ${command.name}) COMPREPLY=($(compgen -W "${words(command)}" -- "$word")) ;;\n`).join("")}  esac
}
complete -F _wevt wevt
`;
}

function fish(program: CommandShape, commands: readonly CommandShape[]): string {
  const names = commands.map((command) => command.name).join(" ");
  const option = (condition: string, { name, brief, choices, takesValue }: CommandShape["options"][number]): string =>
    `complete -c wevt ${condition}-l ${name.replace(/^--/, "")} -d ${quoted(brief)}${choices.length > 0 ? ` -xa ${quoted(choices.join(" "))}` : takesValue ? " -r" : ""}\n`;
  return [
    "# wevt completion. Save it as ~/.config/fish/completions/wevt.fish\n",
    "complete -c wevt -f\n",
    ...program.options.map((one) => option("", one)),
    ...commands.map((command) => `complete -c wevt -n "not __fish_seen_subcommand_from ${names}" -a ${command.name} -d ${quoted(command.brief)}\n`),
    ...commands.flatMap((command) => {
      const condition = `-n "__fish_seen_subcommand_from ${command.name}" `;
      return [...command.options.map((one) => option(condition, one)), ...(command.choices.length === 0 ? [] : [`complete -c wevt ${condition}-a ${quoted(command.choices.join(" "))}\n`])];
    }),
  ].join("");
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
