import { describe, expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";

const problemsOf = async (pattern: string, more = ""): Promise<readonly string[]> =>
  (await compileFiles({ "schemas/a.yaml": `partial: a\nproperties:\n  x: { type: string, pattern: ${JSON.stringify(pattern)}${more} }` })).problems;

describe("a pattern", () => {
  it.each([
    "(a+)+", "^(a|a)*$", "^([a-z]+)*$", "^(\\w|\\d)+$", "^(a*b*)*$", "^(?:a|ab|b)+$", "^(?=(a+)+$)a", "^(?:a+-?)*$", "^(?:abcdefgh|abcdefgh)*$", "^(?:[0-9a-f]{40},?[0-9a-f]{40},?)*$|^(?:x+x+)+y",
  ])("with an ambiguous loop is refused: %s", async (pattern) => {
    expect(await problemsOf(pattern)).toEqual([expect.stringMatching(/^schemas\/a\.yaml:3:31 CATASTROPHIC_PATTERN the pattern of "a\.x" can take exponential time: /)]);
  });

  it.each([
    "^(?:a?){30}$", "^(?:a?){1000}$", "^(?:a{0,30}){5}a{0,30}$", "^(?:a{0,20}){0,5}a{0,20}$", "^(?:[a-z]{1,10}){1,10}$", "^(?:(?:ab)?){30}$", `^${"a?".repeat(28)}$`, `^${"(?:a|a)".repeat(20)}$`,
    "^(?:.*,){11}P", "^.*.*.*.*.*.*=$", "^(?:(?:a?){30}){30}$", "^(?:\\d{0,9}\\s?){20}$",
  ])("whose counters and optional parts multiply is refused: %s", async (pattern) => {
    expect(await problemsOf(pattern)).toEqual([expect.stringMatching(/^schemas\/a\.yaml:3:31 CATASTROPHIC_PATTERN the pattern of "a\.x" /)]);
  });

  it("that is refused for its counters comes with a text that shows it", async () => {
    expect((await problemsOf("^(?:a?){30}$"))[0]).toContain(`takes over a billion steps on 31 characters: "${"a".repeat(31)}"`);
  });

  it.each([
    ["square", "^a*a*b$"], ["square", "\\s+$"], ["square", "[a-z]+_[0-9]+"], ["square", "^(?:ab)*(?:ab)*c"], ["square", "^\\S+@\\S+$"], ["square", "^(a*)\\1b"], ["square", "^a(?:b[ab]+[ab]+c)?"], ["square", ".aab+a[ab]+bc"], ["square", "^ab*[ab](?:..bb)*c"], ["cube", "^.*.*.*=$"], ["cube", "^a*a*b+c*c*d"],
  ])("that takes time which grows with the %s is a warning: %s", async (power, pattern) => {
    const problems = await problemsOf(pattern);
    expect(problems).toEqual([expect.stringMatching(/^schemas\/a\.yaml:3:31 SLOW_PATTERN the pattern of "a\.x" takes time /)]);
    expect(problems[0]).toContain(`grows with the ${power} of the length: `);
  });

  it("that grows with the square is fine with a maxLength that keeps it under a million steps", async () => {
    expect(await problemsOf("^a*a*b$")).toEqual([expect.stringMatching(/: 50,\d{3},\d{3} steps on 10,000 characters$/)]);
    expect(await problemsOf("^a*a*b$", ", maxLength: 1000")).toEqual([]);
    expect(await problemsOf("^a*a*b$", ", maxLength: 2000")).toEqual([expect.stringMatching(/SLOW_PATTERN .* steps on 2,000 characters$/)]);
  });

  it("too large to examine is refused and says so", async () => {
    expect(await problemsOf("^(?:(?:[a-f0-9]?){60}:){60}$")).toEqual([expect.stringMatching(/^schemas\/a\.yaml:3:31 (COMPLEX|CATASTROPHIC)_PATTERN /)]);
    const words = Array.from({ length: 400 }, (_, index) => `word${index}`).join("|");
    expect(await problemsOf(`^(?:${words})$`)).toEqual([expect.stringMatching(/^schemas\/a\.yaml:3:31 COMPLEX_PATTERN the pattern of "a\.x" is too large /)]);
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
    ["a password", "^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d).{8,}$"],
    ["an address", "^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,}$"],
    ["two parts with bounds", "^[a-z]{1,20}[a-z0-9]{0,20}$"],
    ["two bounded parts and a rest", "^[a-z]{0,60}[a-z0-9]{0,60}:.*$"],
    ["a prefix", "^https?://"],
    ["a word anywhere", "user_[a-z]+"],
    ["a telephone number", "^\\+?[1-9]\\d{1,14}$"],
    ["an image", "^[\\w.-]+/[\\w.-]+(?::[\\w.-]+)?(?:@sha256:[a-f0-9]{64})?$"],
    ["long text", "^.{0,5000}$"],
  ])("of a usual form is fine: %s", async (_, pattern) => {
    expect(await problemsOf(pattern)).toEqual([]);
  });

  it("that is refused is not tried on examples, which could take for ever", async () => {
    expect(await problemsOf("^(a+)+$", `, examples: ["${"a".repeat(60)}!"]`)).toHaveLength(1);
  });

  it("that does not compile is refused, with the reason", async () => {
    expect(await problemsOf("^[a-z")).toEqual(['schemas/a.yaml:3:31 BAD_PATTERN the pattern "^[a-z" of "a.x" is not a regular expression: Unterminated character class']);
  });

  it.each([
    ["{ type: object, patternProperties: { '^[a-z': { type: string } } }", "3:52"],
    ["{ type: object, additionalProperties: true, propertyNames: { pattern: '^[a-z' } }", "3:76"],
    ["{ type: string, when: { a.y: { pattern: '^[a-z' } } }", "3:46"],
    ["{ type: array, items: { type: string, pattern: '^[a-z' } }", "3:53"],
  ])("is judged wherever it stands: %s", async (schema, place) => {
    const { problems } = await compileFiles({ "schemas/a.yaml": `partial: a\nproperties:\n  x: ${schema}\n  y: { type: string }` });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^schemas/a\\.yaml:${place} BAD_PATTERN `))]);
  });
});
