import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';

/** A page as a browser reads it. */
export class ParsedPage {
  readonly errors: string[] = [];
  readonly elements: readonly Tree.Element[];

  constructor(html: string) {
    const document = parse(html, {
      onParseError: ({ code, startLine }) => this.errors.push(`${code} in line ${startLine}`),
    });
    this.elements = elementsBelow(document);
  }

  all(tagName: string, className?: string): readonly Tree.Element[] {
    return this.elements.filter(
      (element) => element.tagName === tagName && (className === undefined || hasClass(element, className)),
    );
  }

  byId(id: string): Tree.Element | undefined {
    return this.elements.find((element) => attribute(element, 'id') === id);
  }

  get ids(): readonly string[] {
    return this.elements.flatMap((element) => attribute(element, 'id') ?? []);
  }
}

export function attribute(element: Tree.Element, name: string): string | undefined {
  return element.attrs.find((candidate) => candidate.name === name)?.value;
}

export function hasClass(element: Tree.Element, className: string): boolean {
  return (attribute(element, 'class') ?? '').split(' ').includes(className);
}

/** All elements in it, those in templates too, in the order of the page. */
export function elementsBelow(node: Tree.ParentNode): Tree.Element[] {
  return node.childNodes.flatMap((child) => {
    if (!('tagName' in child)) return [];
    const inner = 'content' in child ? elementsBelow(child.content) : [];
    return [child, ...inner, ...elementsBelow(child)];
  });
}

/** The text that a reader sees, blanks as one blank. */
export function textOf(node: Tree.Node): string {
  return rawTextOf(node).replace(/\s+/g, ' ').trim();
}

export function rawTextOf(node: Tree.Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(rawTextOf).join('') : '';
}
