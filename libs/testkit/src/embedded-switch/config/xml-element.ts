import { SwitchConfigError, type Origin } from './switch-config-error';

/** An element of the configuration, and where it stands. */
export interface XmlElement extends Origin {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children and the white space around. */
  readonly text: string;
}

/** The children of one name. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The first child of one name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return childrenOf(element, name)[0];
}

/** The value of an attribute that must be there. */
export function required(element: XmlElement, attribute: string): string {
  const value = element.attributes.get(attribute);
  if (value === undefined)
    throw new SwitchConfigError(`<${element.name}> needs the attribute ${attribute}`, element);
  return value;
}

/** Throws for the first child or attribute that is not expected: a misspelt one would be ignored by FreeSWITCH. */
export function expectOnly(
  element: XmlElement,
  expected: { readonly children?: readonly string[]; readonly attributes?: readonly string[] },
): void {
  const { children = [], attributes = [] } = expected;
  for (const child of element.children) {
    if (!children.includes(child.name))
      throw new SwitchConfigError(`<${child.name}> is unknown in <${element.name}>`, child);
  }
  for (const name of element.attributes.keys()) {
    if (!attributes.includes(name))
      throw new SwitchConfigError(`${name} is unknown as an attribute of <${element.name}>`, element);
  }
}
