/** Completion scripts for bash, zsh and fish, made from the commands themselves. */

export interface CommandShape {
  readonly name: string;
  readonly brief: string;
  readonly options: readonly OptionShape[];
  /** What its argument may be: these words, or the names of the project's definitions and fields, asked for when they are wanted. */
  readonly argument: readonly string[] | "names";
}

export interface OptionShape {
  /** With its dashes. */
  readonly name: string;
  readonly brief: string;
  readonly takesValue: boolean;
  /** What its value may be; a file or folder when empty. */
  readonly choices: readonly string[];
}

/** The script for a shell. The first shape is the program with its global options, which every command takes too. */
export function completion(shell: string, [program, ...commands]: readonly CommandShape[]): string {
  if (program === undefined) return "";
  if (shell === "fish") return fish(program, commands);
  return shell === "zsh" ? zsh(program, commands) : bash(program, commands);
}

function bash(program: CommandShape, commands: readonly CommandShape[]): string {
  const options = [...new Map([program, ...commands].flatMap((shape) => shape.options).map((option) => [option.name, option])).values()];
  const valued = options.filter((option) => option.takesValue);
  const files = valued.filter((option) => option.choices.length === 0);
  const words = (list: readonly string[]): string => list.join(" ");
  const branch = ({ name, argument, options: own }: CommandShape): string =>
    `    ${name}) ${argument === "names" ? `arguments=$("\${COMP_WORDS[0]}" show --names 2>/dev/null)` : `arguments=${quoted(words(argument))}`} options=${quoted(words([...own, ...program.options].map((option) => option.name)))} ;;\n`;
  return `# wevt completion. Load it with: source <(wevt completion bash)
_wevt() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" arguments="" options="" one i
  if [[ $word == "=" ]]; then word=""; elif [[ $previous == "=" ]]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      ${valued.map((option) => option.name).join("|")}) ((i++)); if [[ \${COMP_WORDS[i]} == "=" ]]; then ((i++)); fi ;;
      ${commands.map((command) => command.name).join("|")}) command="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  case "$command" in
${commands.map(branch).join("")}    *) arguments=${quoted(words(commands.map((command) => command.name)))} options=${quoted(words(program.options.map((option) => option.name)))} ;;
  esac
  case "$previous" in
    ${files.map((option) => option.name).join("|")})
      while IFS= read -r one; do COMPREPLY+=("$one"); done < <(compgen -f -- "$word")
      compopt -o filenames 2>/dev/null
      return ;;
${valued.filter((option) => option.choices.length > 0).map((option) => `    ${option.name}) arguments=${quoted(words(option.choices))} options="" ;;\n`).join("")}  esac
  if [[ $word == -* || -z $arguments ]]; then arguments="$options"; fi
  while IFS= read -r one; do
    if [[ $one == "$word"* ]]; then COMPREPLY+=("$one"); fi
  done < <(printf '%s\\n' "$arguments" | tr ' ' '\\n')
}
complete -F _wevt wevt
`;
}

function zsh(program: CommandShape, commands: readonly CommandShape[]): string {
  const list = (lines: readonly string[], margin: string): string => lines.map((line) => `${margin}${line}\n`).join("");
  const branch = ({ name, options, argument }: CommandShape): string => {
    const values = argument === "names" ? `'1:name:_wevt_names'` : argument.length === 0 ? "" : quotedZsh(`1:argument:(${argument.join(" ")})`);
    return `    ${name})\n      _arguments $global ${[...options.map(zshOption), values].filter((one) => one !== "").join(" ")}\n      ;;\n`;
  };
  return `#compdef wevt
# wevt completion. Save it as _wevt in a folder of $fpath, or load it with: source <(wevt completion zsh)
_wevt_names() {
  local -a names
  names=(\${(f)"$(_call_program names wevt show --names 2>/dev/null)"})
  compadd -a names
}

_wevt() {
  local curcontext="$curcontext" state line
  local -a global commands
  global=(
${list(program.options.map(zshOption), "    ")}  )
  commands=(
${list(commands.map(({ name, brief }) => quotedZsh(`${name}:${brief}`)), "    ")}  )
  _arguments -C $global '1:command:->command' '*::argument:->argument' && return
  if [[ $state == command ]]; then
    _describe command commands
    return
  fi
  case $line[1] in
${commands.map(branch).join("")}  esac
}

if [[ $funcstack[1] == _wevt ]]; then _wevt "$@"; else compdef _wevt wevt; fi
`;
}

/** `--format[how findings are printed]:format:(text json github)`. */
function zshOption({ name, brief, takesValue, choices }: OptionShape): string {
  const value = !takesValue ? "" : `:value:${choices.length > 0 ? `(${choices.join(" ")})` : "_files"}`;
  return quotedZsh(`${name}${takesValue ? "=" : ""}[${brief.replace(/[[\]:\\]/g, "\\$&")}]${value}`);
}

function fish(program: CommandShape, commands: readonly CommandShape[]): string {
  const names = commands.map((command) => command.name).join(" ");
  const option = (condition: string, { name, brief, choices, takesValue }: OptionShape): string =>
    `complete -c wevt ${condition}-l ${name.replace(/^--/, "")} -d ${quoted(brief)}${choices.length > 0 ? ` -xa ${quoted(choices.join(" "))}` : takesValue ? " -rF" : ""}\n`;
  return [
    "# wevt completion. Save it as ~/.config/fish/completions/wevt.fish\n",
    "complete -c wevt -f\n",
    ...program.options.map((one) => option("", one)),
    ...commands.map((command) => `complete -c wevt -n "not __fish_seen_subcommand_from ${names}" -a ${command.name} -d ${quoted(command.brief)}\n`),
    ...commands.flatMap(({ name, options, argument }) => {
      const condition = `-n "__fish_seen_subcommand_from ${name}" `;
      const words = argument === "names" ? "(wevt show --names 2>/dev/null)" : argument.join(" ");
      return [...options.map((one) => option(condition, one)), ...(words === "" ? [] : [`complete -c wevt ${condition}-a ${quoted(words)}\n`])];
    }),
  ].join("");
}

/** For fish, and for words without a quote in bash. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

function quotedZsh(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
