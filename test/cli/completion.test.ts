/** The completion scripts, run by the shells they are for: each types a line and asks what may come next. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bin, cli, projectOf, userSchema } from "../helpers/cli.js";
import { env, writeFile } from "../helpers/example.js";

const project = projectOf({ "schemas/user.yaml": userSchema, "wevt.config.yaml": "version: 1\nimports: [wevt:agent]\n", "other.yaml": "" });
writeFile(project, "bin/wevt", `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
chmodSync(join(project, "bin/wevt"), 0o755);
for (const shell of ["bash", "zsh", "fish"]) writeFileSync(join(project, `completion.${shell}`), cli(project, ["completion", shell]).stdout);

type Candidates = (line: string) => readonly string[];

function lines(command: string, parameters: readonly string[], more: NodeJS.ProcessEnv = {}): readonly string[] {
  const path = `${join(project, "bin")}:${process.env["PATH"] ?? ""}`;
  const { stdout, stderr } = spawnSync(command, parameters, { cwd: project, env: { ...env, ...more, PATH: path, HOME: project, TERM: "dumb" }, encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.split(/\r?\n/).filter((one) => one !== "");
}

/** Words as readline splits them: `=` stands alone. */
function bashWords(line: string): readonly string[] {
  return line.split(" ").flatMap((word) => word.split(/(=)/)).filter((word, index, all) => word !== "" || index === all.length - 1);
}

const bash: Candidates = (line) => {
  const words = bashWords(line);
  const script = `source completion.bash; COMP_WORDS=(${words.map((word) => `"${word}"`).join(" ")}); COMP_CWORD=${words.length - 1}; _wevt; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return lines("bash", ["--norc", "-c", script]);
};

const fish: Candidates = (line) => lines("fish", ["--no-config", "-c", "source completion.fish; complete -C $LINE"], { LINE: line }).map((one) => one.split("\t")[0] ?? "");

/** An interactive zsh in a terminal of its own; every candidate that is added goes into a file. */
const zsh: Candidates = (line) => {
  writeFile(project, "added.txt", "");
  const setup = "autoload -U compinit; compinit -D -u; source completion.zsh; compadd() { local -a added; builtin compadd -O added \"$@\"; print -rl -- $added >> added.txt; builtin compadd \"$@\" }; list() { _main_complete; compstate[insert]=; compstate[list]= }; zle -C list list-choices list; widget() { zle list; exit }; zle -N widget; bindkey '^I' widget; PS1=; print ready";
  writeFile(project, "setup.zsh", setup);
  const script = 'zmodload zsh/zpty; zpty child zsh -f -i; zpty -w child "source setup.zsh"; zpty -r child said "*ready*"; zpty -w -n child "$LINE"$\'\\t\'; while zpty -r child said; do :; done; cat added.txt';
  return lines("zsh", ["-f", "-c", script], { LINE: line });
};

const shells: { readonly [shell: string]: Candidates } = { bash, zsh, fish };

/** A line, what has to be offered, and what must not. */
const cases: readonly [title: string, line: string, wanted: readonly string[], unwanted?: readonly string[]][] = [
  ["commands", "wevt gen", ["generate"], ["check"]],
  ["all commands", "wevt ", ["generate", "check", "init", "show", "explain", "completion", "help"]],
  ["options of a command", "wevt generate --", ["--check", "--dry-run", "--watch"], ["--template"]],
  ["global options before a command", "wevt --fo", ["--format"]],
  ["global options after a command", "wevt generate --fa", ["--fail-on"]],
  ["options of a command after global ones", "wevt --quiet generate --dr", ["--dry-run"]],
  ["options after the value of a global one", "wevt --cwd init generate --ch", ["--check"]],
  ["formats before a command", "wevt --format ", ["text", "json", "github"], ["generate"]],
  ["formats after a command", "wevt check --format g", ["github"]],
  ["severities", "wevt check --fail-on ", ["error", "warn", "info", "none"]],
  ["templates", "wevt init --template ", ["minimal", "rest", "agent"]],
  ["shells", "wevt completion z", ["zsh"]],
  ["ids to explain", "wevt explain UNKNOWN_K", ["UNKNOWN_KEY", "UNKNOWN_KEYWORD"], ["MISSING_TYPE"]],
  ["ids after a global option", "wevt --quiet explain MISSING_T", ["MISSING_TYPE"]],
  ["definitions to show", "wevt show us", ["user", "user.id", "user.tier"], ["llm"]],
  ["events to show", "wevt show agent.ex", ["agent.execution"]],
  ["fields to show", "wevt show --json user.t", ["user.tier"]],
  ["files", "wevt --config oth", ["other.yaml"]],
  ["commands to get help for", "wevt help sh", ["show"]],
];

describe.each(Object.entries(shells))("completion in %s", (shell, candidates) => {
  const missing = spawnSync(shell, ["-c", "true"]).error !== undefined;

  it.skipIf(missing).each<(typeof cases)[number]>(cases)(`offers %s: "%s"${missing ? " (skipped: the shell is not installed)" : ""}`, (_, line, wanted, unwanted = []) => {
    // zsh and bash may add the sign of an option's value.
    const offered = candidates(line).map((one) => one.replace(/[= ]$/, ""));
    expect(offered).toEqual(expect.arrayContaining([...wanted]));
    expect(offered.filter((one) => unwanted.includes(one))).toEqual([]);
  });
});

describe.skipIf(spawnSync("bash", ["-c", "true"]).error !== undefined)("completion in bash", () => {
  it("knows the value behind a sign", () => {
    expect(bash("wevt check --format=j")).toEqual(["json"]);
    expect(bash("wevt check --format=")).toEqual(["text", "json", "github"]);
  });

  it("expands nothing that a name may hold", () => {
    writeFile(project, "bin/evil", "#!/bin/sh\necho 'user*'\necho '$(touch harm)'\n");
    chmodSync(join(project, "bin/evil"), 0o755);
    expect(bash("evil show ")).toEqual(["user*", "$(touch", "harm)"]);
    expect(existsSync(join(project, "harm"))).toBe(false);
  });
});
