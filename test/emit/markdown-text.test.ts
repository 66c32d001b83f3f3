import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markdownCell, markdownCellCode, markdownCode, markdownComment, markdownFence, markdownLink, markdownText, markdownUrl, oneLine, visible } from "../../src/emit/text.js";
import { see } from "../helpers/markdown.js";

/** Texts made of the pieces that begin something in Markdown or HTML. */
const pieces = [
  "a", "b c", " ", "  ", "    ", "\n", "\n\n", "\t", "\r\n", "\u2028", "\u202e", "\ud800", "\u{e0041}", "é", "日本", "😀", "\\", "`", "```", "~~~", "~~", "*", "**", "_", "__", "#", "# ", "## ", "-", "- ", "---", "+ ", "=",
  "===", "1.", "1. ", "2) ", "> ", "<", ">", "</script>", "<script>", "<!--", "-->", "<b>", "&", "&lt;", "&amp;", "&#60;", "&copy;", "[", "]", "[x](y)", "![x](y)", "(", ")", "[^1]", "[^1]: ", "[a]: b", "|", "| a | b |", "|-|-|",
  "\\|", "http://a.b", "https://a.b/c", "www.a.b", "WWW.a.bc", "ftp://x.yz", "a@b.cd", "mailto:a@b.cd", "xmpp:a@b.cd", ":tada:", "$", "$x$", "$$", "@me", "- [ ] ", "- [x] ", "<br>", "<a href=x>", "!", ":", "//", "\"", "'", "${x}", "*/", "]]>", "<?", "%",
];
const anyText = fc.oneof(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join("")), fc.string({ unit: "binary" }), fc.string());
const runs = { numRuns: 1000 };

const words = (text: string) => text.replace(/\s+/g, " ").trim();
const shown = (text: string) => words(visible(text));
const names = (markdown: string) => see(markdown).elements.map((one) => one.name);

describe("prose of a schema in Markdown", () => {
  it("is shown as it is written and makes nothing but paragraphs", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { text: seen, elements } = see(markdownText(text));
        expect(words(seen)).toBe(shown(text));
        expect(elements.filter((one) => !["p", "span"].includes(one.name))).toEqual([]);
        expect(elements.filter((one) => one.name === "span" && one.text !== "$")).toEqual([]);
      }),
      runs,
    );
  });

  it("never leaves its table cell", () => {
    fc.assert(
      fc.property(anyText, anyText, (left, right) => {
        const { elements } = see(`| A | B |\n| --- | --- |\n| x${markdownCell(left)} | ${markdownCell(right)}x |\n`);
        const cells = elements.filter((one) => one.name === "td").map((one) => words(one.text).replaceAll(" ", ""));
        expect(cells).toEqual([`x${shown(left)}`, `${shown(right)}x`].map((text) => text.replaceAll(" ", "")));
        expect(elements.map((one) => one.name).filter((name) => !["table", "thead", "tbody", "tr", "th", "td", "br", "span"].includes(name))).toEqual([]);
      }),
      runs,
    );
  });

  it("stays text at the start of a list item and behind bold words", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(names(`- **Label**: ${markdownCell(text)}\n- ${markdownCell(text)}\n`).filter((name) => !["ul", "li", "strong", "br", "span"].includes(name))).toEqual([]);
      }),
      runs,
    );
  });

  it("keeps an address copyable: what breaks the link is no text", () => {
    expect(see(markdownText("see https://a.example/x_y and www.b.example or a@b.example")).text).toBe("see https://a.example/x_y and www.b.example or a@b.example");
  });
});

describe("code of a schema in Markdown", () => {
  it("is one code span with exactly that text, also in a table cell", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(oneLine(text) !== "");
        const inCell = see(`| A |\n| --- |\n| ${markdownCellCode(text)} |\n`).elements;
        expect(inCell.filter((one) => one.name === "code").map((one) => words(one.text))).toEqual([words(oneLine(text))]);
        expect(inCell.map((one) => one.name)).toEqual(["table", "thead", "tr", "th", "tbody", "tr", "td", "code"]);
        expect(see(`x ${markdownCode(text)} x`).elements.map((one) => [one.name, words(one.text)])).toEqual([["p", `x ${words(oneLine(text))} x`], ["code", words(oneLine(text))]]);
        expect(names(`${markdownCode(text)} x`)).toEqual(["p", "code"]);
      }),
      runs,
    );
  });

  it("in a fence never ends the fence", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { elements } = see(`${markdownFence(text, "sql")}\nafter\n`);
        expect(elements.map((one) => one.name)).toEqual(["pre", "code", "p"]);
      }),
      runs,
    );
  });
});

describe("links and comments", () => {
  it("only go where we point them", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { elements } = see(`| A |\n| --- |\n| ${markdownLink(markdownCellCode(`x${text}`), `partials/${text}.md#x`)} |\n`);
        const links = elements.filter((one) => one.name === "a");
        expect(links).toHaveLength(1);
        expect(links[0]?.attributes["href"]).toMatch(/^partials\/[\w.~%/#-]*\.md#x$/);
      }),
      runs,
    );
  });

  it("of a schema are links only over http and https", () => {
    expect(see(markdownUrl("https://a.example/x?y=(1)|2", "The *page*")).elements.map((one) => [one.name, one.attributes["href"], one.text])).toEqual([
      ["p", undefined, "The *page*"],
      ["a", "https://a.example/x?y=%281%29%7C2", "The *page*"],
    ]);
    for (const url of ["javascript:alert(1)", "data:text/html,x", "//a.b", "vbscript:x", " javascript:x", "https:", "http://", "java\nscript:x", "https://bank.example@a.b/", "https://a.b c@d.e", "https://a.b/\n<script>"]) {
      expect(names(markdownUrl(url, "x")).filter((name) => name === "a" || name === "script"), url).toEqual([]);
    }
  });

  it("of any text never become markup outside the link", () => {
    fc.assert(
      fc.property(anyText, anyText, (url, title) => {
        const found = names(`| A |\n| --- |\n| ${markdownUrl(`https://a.example/${url}`, title)} |\n`).filter((name) => !["table", "thead", "tbody", "tr", "th", "td", "a", "code", "br", "span"].includes(name));
        expect(found).toEqual([]);
      }),
      runs,
    );
  });

  it("a comment holds its text and ends where it should", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(names(`${markdownComment(text)}\nafter\n`)).toEqual(["p"]);
      }),
      runs,
    );
  });
});
