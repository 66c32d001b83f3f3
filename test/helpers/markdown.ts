/** Renders Markdown as GitHub does and hands back what a browser would see. */
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { parseFragment } from "parse5";
import type { DefaultTreeAdapterTypes } from "parse5";

export interface Seen {
  /** All text, in order. */
  readonly text: string;
  /** Every element: name, attributes, text inside. */
  readonly elements: readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly text: string }[];
}

export function render(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, allowDangerousProtocol: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

export function see(markdown: string): Seen {
  const elements: Seen["elements"][number][] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): string => {
    if (node.nodeName === "#text" && "value" in node) return node.value;
    if (!("childNodes" in node)) return "";
    const element = "tagName" in node ? { name: node.tagName, attributes: Object.fromEntries(node.attrs.map((one) => [one.name, one.value])), text: "" } : undefined;
    if (element !== undefined) elements.push(element);
    const text = node.childNodes.map(walk).join("");
    if (element !== undefined) element.text = text;
    return text;
  };
  return { text: walk(parseFragment(render(markdown))), elements };
}
