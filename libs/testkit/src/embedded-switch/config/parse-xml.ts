import { DOMParser, type Element, type Node } from '@xmldom/xmldom';
import type { SourceLine } from './pre-process';
import { SwitchConfigError } from './switch-config-error';
import type { XmlElement } from './xml-element';

const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;

/**
 * The document that the lines make. Stricter than FreeSWITCH's own parser, which takes much that is not XML: what gets
 * through here is read alike by both.
 */
export function parseXml(lines: readonly SourceLine[]): XmlElement {
  const originOf = (line: number | undefined): SourceLine =>
    lines[(line ?? 1) - 1] ?? lines.at(-1) ?? { file: 'freeswitch.xml', line: 1, text: '' };
  let fault: SwitchConfigError | undefined;
  const parser = new DOMParser({
    locator: true,
    // xmldom makes an error of its own out of what is thrown here.
    onError(_level, message, context: { locator?: { lineNumber?: number } }) {
      fault ??= new SwitchConfigError(message.split('\n')[0] ?? '', originOf(context.locator?.lineNumber));
      throw fault;
    },
  });
  try {
    const root = parser.parseFromString(lines.map(({ text }) => text).join('\n'), 'text/xml').documentElement;
    if (root) return convert(root, originOf);
  } catch (error) {
    throw fault ?? error;
  }
  throw new SwitchConfigError('there is no element at all', originOf(1));
}

function convert(element: Element, originOf: (line: number | undefined) => SourceLine): XmlElement {
  const { file, line } = originOf(element.lineNumber);
  const nodes: Node[] = Array.from(element.childNodes);
  const texts = nodes.filter(({ nodeType }) => nodeType === TEXT || nodeType === CDATA);
  return {
    file,
    line,
    name: element.tagName,
    attributes: new Map(Array.from(element.attributes).map(({ name, value }) => [name, value])),
    children: nodes
      .filter((node): node is Element => node.nodeType === ELEMENT)
      .map((child) => convert(child, originOf)),
    text: texts
      .map((node) => node.nodeValue ?? '')
      .join('')
      .trim(),
  };
}
