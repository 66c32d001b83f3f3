/** What a schema says is shown, never obeyed: the pages of a registry full of markup have the same elements as those of a harmless one. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Registry } from "../../src/compiler/registry.js";
import { docsEmitter } from "../../src/emit/docs.js";
import { see } from "../helpers/markdown.js";
import { event, field, group, originator, partial, registry, service, shape, string } from "../helpers/registry.js";

const hostile = [
  "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- -->", "-->", "a | b", "| a |\n|---|", "`code` ``", "```\nend\n```", "[x](javascript:alert(1))", "![x](https://a.example/x.png)",
  "# Title", "text\n# Title\n\n- item", "text\n===", "text\n---", "***", "    indented", "\tindented", "1. one", "> quote", "[^user.id]: x", "[^1]", "[a]: https://a.example", "https://a.example www.a.example a@b.example",
  "&lt;b&gt; &amp; &#60;", "a\\", "a\\|b", "*/ ${process.exit()} `", "\u202eabc\u202c", "a\u2028b", "\u0000\u0007", "\ud800", "__proto__", "| `a | b` |", "~~~\nx\n~~~", "$x$ $$y$$", ":tada:", "<a id=\"p.f\"></a>", "<details>", "- [ ] task",
  "\"'); DROP TABLE x;--", "a\r\nb", "\u{e0041}\u{e007f}", "|", "\\", "`", "<", "&", "]", "](x)", "**", "<br>",
];

/** A registry in which every text is this one. */
function registryOf(text: string): Registry {
  const values = [{ value: text, description: text, deprecated: true }, { value: "b", description: text }];
  const meta = {
    brief: text, description: text, title: text, comment: text, unit: text, aggregate: text, owner: text, since: text, note: text, nullMeans: text, when: { [text]: { const: text } },
    deprecation: { since: text, replacedBy: text, note: text, removeAfter: text }, stability: "deprecated" as const, aliases: [text], knownValues: values, join: { table: text, column: text }, pitfalls: [text, text],
    links: [{ url: "https://a.example/", title: text }, { url: text, title: "x" }], tags: [text], otel: { attribute: text, relation: text }, column: { [text]: text }, examples: [text, { [text]: [text] }], default: text, extensions: { "x-a": text, [`x-${text}`]: text },
  };
  const reservation = { value: text, origin: { file: text, line: 1, column: 1 } };
  const f = (parent: string, name: string, value = string({ pattern: text })) => field(parent, name, { value, meta, from: `group:${text}`, file: text });
  const inner = shape([f("p.v", "t", { types: ["string"], values })]);
  const object = shape(
    [
      f("p", `n${text}`),
      f("p", "e", { types: ["string"], values }),
      f("p", "l", { types: ["array"], array: { prefix: [f("p.l", "[0]")], items: f("p.l", "[]") } }),
      f("p", "v", { types: ["object"], variants: { discriminator: `t${text}`, cases: [{ value: text, object: inner, meta: { ...f("p", "x").meta } }] } }),
    ],
    { patterns: [{ pattern: text, field: f("p", `/${text}/`) }], additional: f("p", "*"), keys: string({ pattern: text }), requiredUndeclared: [text], dependentRequired: [{ when: text, require: [text] }] },
  );
  const p = partial("p", { object, meta, file: text, importedFrom: `wevt:${text}`, reserved: { names: [reservation], values: [reservation] } });
  const list = partial("list", { object: shape([f("list", `n${text}`, { types: ["boolean"] })]), repeatable: { max: 3 } });
  const o = originator("o", { object: shape([f("o", "a", { types: ["boolean"] })]), meta });
  return registry({
    partials: [list, p],
    originators: [o],
    services: [service("s", { object: shape([f("s", "b")]), meta })],
    groups: [group("g", { meta, object: shape([f("g", `n${text}`)]), reserved: { names: [reservation], values: [reservation] } })],
    events: [event("e", { meta, grain: text, consumers: [text], originators: [o], partials: [{ partial: p, presence: "required", require: [text] }, { partial: list, presence: "optional", require: [] }] })],
  });
}

const harmless = "x";
let expectedPages: Awaited<ReturnType<typeof pagesOf>> | undefined;
/** How text is shown, which may differ (a description may have several paragraphs); everything else is layout and may not. */
const inline: ReadonlySet<string> = new Set(["code", "br", "span", "p"]);

async function pagesOf(given: Registry) {
  const files = await docsEmitter.emit(given, { options: { fieldsJson: false }, out: "" });
  return new Map(files.map(({ path, text }) => [path, see(text).elements]));
}

function layout(elements: ReturnType<typeof see>["elements"]): readonly string[] {
  return elements.filter((one) => !inline.has(one.name)).map((one) => one.name);
}

async function expectHarmless(text: string): Promise<void> {
  expectedPages ??= await pagesOf(registryOf(harmless));
  const expected = expectedPages;
  const pages = await pagesOf(registryOf(text));
  expect([...pages.keys()]).toEqual([...expected.keys()]);
  for (const [path, elements] of pages) {
    expect(layout(elements), `${path} of ${JSON.stringify(text)}`).toEqual(layout(expected.get(path) ?? []));
    for (const { name, attributes } of elements) {
      const allowed = name === "a" ? ["href", "id", "aria-describedby", "aria-label", "class", "data-footnote-ref", "data-footnote-backref"] : ["id", "class", "data-footnotes"];
      expect(Object.keys(attributes).filter((attribute) => !allowed.includes(attribute)), path).toEqual([]);
      if (name === "a" && attributes["href"] !== undefined) expect(attributes["href"]).toMatch(/^(?:https:\/\/a\.example\/$|#user-content-fn|(?:\.\.\/)?(?:[a-z]+\/)?[\w.]+\.(?:md|json)(?:#[\w.~%-]*)?$|#[\w.~%-]+$)/);
    }
  }
}

describe("the docs of a hostile registry", () => {
  it.each(hostile.map((text) => [JSON.stringify(text), text] as const))("show %s as text", async (_, text) => {
    await expectHarmless(text);
  });

  it("show any mixture of these as text", async () => {
    const mixture = fc.array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: "binary", maxLength: 4 })), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
    await fc.assert(fc.asyncProperty(mixture.filter((text) => text.trim() !== ""), expectHarmless), { numRuns: 15 });
  });

  it("hold every link that another page or table points to", async () => {
    const files = await docsEmitter.emit(registryOf("a.b~c [x] |"), { options: {}, out: "" });
    const pages = new Map(files.map(({ path, text }) => [path, see(text).elements]));
    const broken = [...pages].flatMap(([path, elements]) =>
      elements.flatMap(({ name, attributes: { href } }) => {
        if (name !== "a" || href === undefined || href.startsWith("https:") || href.startsWith("#user-content-fn")) return [];
        const [target = "", anchor] = href.split("#");
        const page = target === "" ? path : new URL(target, `file:///${path}`).pathname.slice(1);
        const found = page.endsWith(".json") || pages.get(page)?.some((one) => anchor === undefined || one.attributes["id"] === decodeURIComponent(anchor));
        return found === true ? [] : [`${path}: ${href}`];
      }),
    );
    expect(broken).toEqual([]);
  });
});
