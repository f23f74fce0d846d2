import { visibleLines, visibleText } from '../text/visible-text';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** An element of XML 1.0. Texts and attributes may hold anything: what XML cannot carry is made visible. */
export interface Element {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly children?: readonly Element[];
  readonly text?: string;
}

/** The element as a document, indented. Elements with text have nothing but the text: blanks count there. */
export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}\n`;
}

function write({ name, attributes = {}, children = [], text }: Element, indent: string): string {
  const head = [name, ...Object.entries(attributes).map(([key, value]) => attribute(key, value))].join(' ');
  if (text !== undefined) return `${indent}<${head}>${escape(visibleLines(text))}</${name}>`;
  if (children.length === 0) return `${indent}<${head}/>`;
  const inner = children.map((child) => write(child, `${indent}  `));
  return [`${indent}<${head}>`, ...inner, `${indent}</${name}>`].join('\n');
}

function attribute(key: string, value: string | number): string {
  return `${key}="${escape(visibleText(String(value)))}"`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
