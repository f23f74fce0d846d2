import type { PortalPolicy } from '@app/calls';
import type { IgnoreLists } from './ports';

/** Stands on a list of numbers for callers who show none. */
const HIDDEN = 'hidden';

/** Which list, if any, keeps a call from the portal. Numbers are compared as E.164, however they are written. */
export function ignoreLists(
  { numbers, lines }: IgnoreLists,
  toE164: PortalPolicy['toE164'],
): PortalPolicy['ignored'] {
  const isNumber = matcher(numbers, toE164);
  const isLine = matcher(lines, toE164);
  return (number, did) => {
    if (isNumber(number ?? HIDDEN)) return 'number';
    return did !== undefined && isLine(did) ? 'did' : undefined;
  };
}

function matcher(list: readonly string[], toE164: PortalPolicy['toE164']): (text: string) => boolean {
  const plain = (text: string): string => (toE164(text) ?? text).replace(/^\+/, '');
  const beginnings = list
    .filter((entry) => entry.endsWith('*'))
    .map((entry) => entry.slice(0, -1).replace(/^\+/, ''));
  const wholes = new Set(list.filter((entry) => !entry.endsWith('*')).map(plain));
  return (text) => {
    const number = plain(text);
    return wholes.has(number) || beginnings.some((beginning) => number.startsWith(beginning));
  };
}
