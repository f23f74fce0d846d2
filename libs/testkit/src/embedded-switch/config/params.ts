import { childrenOf, expectOnly, required, type XmlElement } from './xml-element';

/** The values of `<param name value>` (or another element of this form) below an element, by name; several may share one. */
export type Params = ReadonlyMap<string, readonly string[]>;

/** Reads `<settings>`, `<params>`, `<variables>` and their kin. */
export function paramsIn(parent: XmlElement | undefined, element = 'param'): Params {
  const params = new Map<string, string[]>();
  if (parent) expectOnly(parent, { children: [element], attributes: [...parent.attributes.keys()] });
  for (const param of childrenOf(parent, element)) {
    expectOnly(param, { attributes: ['name', 'value'] });
    const name = required(param, 'name');
    params.set(name, [...(params.get(name) ?? []), required(param, 'value')]);
  }
  return params;
}

/** The one that counts: FreeSWITCH's modules read a list from the top, and the last value stays. */
export function last(params: Params, name: string): string | undefined {
  return params.get(name)?.at(-1);
}

/** The last value of each. */
export function lastOfEach(params: Params): ReadonlyMap<string, string> {
  return new Map([...params].map(([name, values]) => [name, values.at(-1) ?? '']));
}

/** As switch_true: what the switch takes for "yes". */
export function isTrue(value: string | undefined): boolean {
  return (
    value !== undefined &&
    (/^(yes|on|true|t|enabled|active|allow)$/i.test(value) || (/^-?\d+$/.test(value) && Number(value) !== 0))
  );
}
