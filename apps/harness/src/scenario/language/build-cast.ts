import type { WrittenCast, WrittenClient, WrittenPerson } from './cast';
import type { Cast, Client, Device, Line, Person } from './people';

/** A mistake in a cast that no schema sees; `path` says where. */
export interface CastMistake {
  readonly path: readonly string[];
  readonly text: string;
}

type Written<T> = Readonly<Record<string, T | null>>;

/** What a scenario says about people and clients: names, or how they are here. */
export interface Here {
  readonly people?: readonly string[] | Written<WrittenPerson>;
  readonly clients?: readonly string[] | Written<WrittenClient>;
  readonly lines?: WrittenCast['lines'];
}

/** Everybody of the folder's cast, with what is different in this scenario. */
export function buildCast(shared: WrittenCast, here: Here): Cast {
  const people = merged(shared.people ?? {}, here.people);
  const clients = merged(shared.clients ?? {}, here.clients);
  const there = here.people === undefined ? [] : namesIn(here.people);
  const fullNames = Object.entries(people).map(([id, written]) => [id, written?.name ?? id] as const);
  return {
    people: Object.entries(people).map(([id, written]) => buildPerson(id, written ?? {}, there.includes(id))),
    clients: Object.entries(clients).flatMap(([id, written]) => (written ? [buildClient(id, written)] : [])),
    lines: Object.entries({ ...shared.lines, ...here.lines }).map(([id, written]) => buildLine(id, written)),
    defaultPerson: shared['responsible for the rest'] ?? fullNames.find(([, name]) => name)?.[0] ?? '',
  };
}

/** What cannot be so. */
export function castMistakes(cast: Cast): CastMistake[] {
  const { people, clients, lines, defaultPerson } = cast;
  const names = [
    ...people.map(({ id }) => ['people', id] as const),
    ...clients.map(({ id }) => ['clients', id] as const),
    ...lines.map(({ id }) => ['lines', id] as const),
  ];
  const twice = names.filter(([, id], index) => names.findIndex(([, other]) => other === id) !== index);
  return [
    ...twice.map((path) => ({
      path,
      text: `"${path[1]}" is the name of somebody or something else already`,
    })),
    ...sameValue('people', people, 'extension', 'the extension'),
    ...sameValue('people', people, 'userId', 'the user'),
    ...clients
      .filter(({ number }) => number === '')
      .map(({ id }) => ({ path: ['clients', id], text: `${id} has no number` })),
    ...sameValue('clients', clients, 'number', 'the number'),
    ...clients
      .filter(({ knownAs }) => knownAs && !people.some(({ id }) => id === knownAs.responsible))
      .map(({ id, knownAs }) => ({
        path: ['clients', id, 'known as', 'responsible person'],
        text: `no employee is called "${knownAs?.responsible ?? ''}"`,
      })),
    ...(people.some(({ id, userId }) => id === defaultPerson && userId !== undefined)
      ? []
      : [{ path: ['responsible for the rest'], text: 'this has to be an employee whom the portal knows' }]),
  ];
}

function sameValue<K extends string>(
  where: string,
  all: readonly ({ readonly id: string } & Partial<Record<K, string | number>>)[],
  key: K,
  what: string,
): CastMistake[] {
  return all
    .filter((one, index) => {
      const value = one[key];
      return value !== undefined && all.findIndex((other) => other[key] === value) !== index;
    })
    .map((one) => ({
      path: [where, one.id],
      text: `${what} ${String(one[key])} belongs to somebody else already`,
    }));
}

/** A list of names changes nothing: they have to be known, which is looked at elsewhere. */
function merged<T extends object>(
  shared: Written<T>,
  here: readonly string[] | Written<T> | undefined,
): Written<T> {
  if (!here || Array.isArray(here)) return shared;
  const own = here as Written<T>;
  const changed = Object.entries(own).map(([id, written]) => [id, { ...shared[id], ...written }] as const);
  return { ...shared, ...(Object.fromEntries(changed) as Written<T>) };
}

function namesIn(here: readonly string[] | Written<unknown>): string[] {
  return Array.isArray(here) ? [...(here as readonly string[])] : Object.keys(here);
}

function buildPerson(id: string, written: WrittenPerson, isThere: boolean): Person {
  const { name = id, extension, user, workday, over = 'tcp', phones } = written;
  const whenCalled = written['when called'] ?? 'rings';
  const devices: Device[] = Object.entries(phones ?? { '': null }).map(([phone, device]) => ({
    name: phone,
    over: device?.over ?? over,
    whenCalled: device?.['when called'] ?? whenCalled,
  }));
  return {
    id,
    name,
    phones: extension == null ? [] : devices,
    isThere: isThere && extension != null,
    ...(extension != null && { extension }),
    ...(user != null && { userId: user }),
    ...(workday && { workday }),
  };
}

function buildClient(id: string, written: WrittenClient): Client {
  const known = written['known as'];
  return {
    id,
    number: written.number ?? '',
    name: written.name ?? '',
    whenCalled: written['when called'] ?? 'rings',
    ...(known && {
      knownAs: { type: known.type, name: known.name ?? id, responsible: known['responsible person'] },
    }),
  };
}

function buildLine(id: string, written: NonNullable<WrittenCast['lines']>[string]): Line {
  if (typeof written === 'string') return { id, number: written, lineNumber: `line-${id}` };
  const { number, line, routing } = written;
  return { id, number, lineNumber: line ?? `line-${id}`, ...(routing && { routing }) };
}
