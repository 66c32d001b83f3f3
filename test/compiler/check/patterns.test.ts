import { describe, expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";

const problemsOf = async (pattern: string): Promise<readonly string[]> => (await compileFiles({ "schemas/a.yaml": `partial: a\nproperties:\n  x: { type: string, pattern: ${JSON.stringify(pattern)} }` })).problems;

describe("a pattern", () => {
  it.each(["(a+)+", "^(a|a)*$", "^([a-z]+)*$", "^(?:[a-z]{1,10}){1,10}$", "^(\\w|\\d)+$", "^(a*b*)*$", "^(?:a|ab|b)+$", "^(?:.*,){11}P", "^(?=(a+)+$)a", "^(?:a+-?)*$"])("that takes exponential time is refused: %s", async (pattern) => {
    const problems = await problemsOf(pattern);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^schemas\/a.yaml:3:3 CATASTROPHIC_PATTERN the pattern of "a.x" /);
  });

  it.each([
    ["semver", "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$"],
    ["an ISO date", "^\\d{4}-(?:0[1-9]|1[0-2])-(?:[0-2]\\d|3[01])(?:T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:Z|[+-]\\d{2}:\\d{2}))?$"],
    ["kebab-case", "^[a-z0-9]+(?:-[a-z0-9]+)*$"],
    ["an IPv4 address", "^(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}$"],
    ["a UUID", "^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$"],
    ["a host name", "^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$"],
    ["base64", "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"],
    ["a list of hashes", "^[0-9a-f]{64}(?:,[0-9a-f]{64})*$"],
    ["quoted text", '^"(?:[^"\\\\]|\\\\.)*"$'],
  ])("of a usual form is fine: %s", async (_, pattern) => {
    expect(await problemsOf(pattern)).toEqual([]);
  });

  it("that does not compile is refused, with the reason", async () => {
    expect(await problemsOf("^[a-z")).toEqual(['schemas/a.yaml:3:3 BAD_PATTERN the pattern "^[a-z" of "a.x" is not a regular expression: Unterminated character class']);
  });
});
