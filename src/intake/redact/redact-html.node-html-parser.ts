import { type HTMLElement, NodeType, parse, type TextNode } from 'node-html-parser';
import type { Invent } from './invent.ts';

/** An HTML part with every text and every address in it invented; its elements stay as they are. Comments and scripts go. */
export function redactHtml(html: string, invent: Invent): string {
  const root = parse(html, { comment: false, blockTextElements: { script: false, style: true } });
  walk(root, invent);
  return root.toString();
}

function walk(element: HTMLElement, invent: Invent): void {
  for (const [name, value] of Object.entries(element.attributes)) {
    if (/^(href|src|action|background)$/i.test(name)) element.setAttribute(name, 'https://www.example.com/');
    else if (/^(alt|title|aria-label|content|data-.*)$/i.test(name))
      element.setAttribute(name, invent(value));
  }
  if (element.tagName === 'STYLE') return;
  for (const node of element.childNodes) {
    if (node.nodeType === NodeType.ELEMENT_NODE) walk(node as HTMLElement, invent);
    else if (node.nodeType === NodeType.TEXT_NODE) {
      const text = node as TextNode;
      text.rawText = escaped(invent(text.text));
    }
  }
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
