import { didYouMean } from './did-you-mean';
import type { Cast } from './people';
import type { Subject } from './step';
import type { SubjectKind } from './verb';

/** Subjects that are no people. */
export const THINGS = [
  'portal',
  'gateway',
  'worker',
  'switch',
  'recordings',
  'operator',
] as const satisfies SubjectKind[];

/** "anna", "anna's desk", "anna and boris", "anna, boris and clara", "portal"; an error is a sentence for whoever wrote it. */
export function readSubject(text: string, { people, clients }: Cast): Subject | { readonly error: string } {
  const thing = THINGS.find((name) => name === text);
  if (thing) return { kind: thing, text, phones: [] };
  const phones = text.split(/\s*,\s*|\s+and\s+/).map((part) => {
    const [, who = '', device] = /^(\S+?)(?:['’]s (\S+))?$/u.exec(part) ?? [];
    return { part, who, ...(device !== undefined && { device }) };
  });
  const twice = phones.find(({ part }, index) => phones.findIndex((other) => other.part === part) !== index);
  if (twice) return { error: `"${twice.part}" stands here twice` };
  for (const { part, who, device } of phones) {
    const person = people.find(({ id }) => id === who);
    if (!person && !clients.some(({ id }) => id === who))
      return { error: `nobody is called "${part}"${didYouMean(who || part, namesOf({ people, clients }))}` };
    if (device === undefined) continue;
    const devices = (person?.phones ?? []).map(({ name }) => name).filter((name) => name !== '');
    if (!devices.includes(device))
      return { error: `${who} has no phone called "${device}"${didYouMean(device, devices)}` };
  }
  const isClients = phones.every(({ who }) => clients.some(({ id }) => id === who));
  return {
    kind: isClients ? 'client' : 'person',
    text,
    phones: phones.map(({ part: _, ...phone }) => phone),
  };
}

function namesOf({ people, clients }: Pick<Cast, 'people' | 'clients'>): string[] {
  return [...people, ...clients].map(({ id }) => id).concat(THINGS);
}
