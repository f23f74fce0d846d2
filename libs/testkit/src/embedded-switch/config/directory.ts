import { lastOfEach, paramsIn } from './params';
import { SwitchConfigError } from './switch-config-error';
import { childOf, childrenOf, expectOnly, required, type XmlElement } from './xml-element';

/** Somebody whom the directory knows: a phone, or a user of the event socket. */
export interface DirectoryUser {
  readonly id: string;
  readonly domain: string;
  /** `password`, `dial-string`, `esl-password` ...: of the domain, of the group over it, of the user over both. */
  readonly params: ReadonlyMap<string, string>;
  /** What the user's legs get as channel variables. */
  readonly variables: ReadonlyMap<string, string>;
}

export interface DirectoryDomain {
  readonly name: string;
  readonly users: ReadonlyMap<string, DirectoryUser>;
  /** Names of groups, and who is in them. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

const LISTS = ['params', 'variables'];

/** Reads the section "directory", as `switch_xml_locate_user_merged` would. */
export function readDirectory(section: XmlElement | undefined): ReadonlyMap<string, DirectoryDomain> {
  if (section) expectOnly(section, { children: ['domain'], attributes: ['name', 'description'] });
  return new Map(
    childrenOf(section, 'domain').map((element) => {
      const domain = readDomain(element);
      return [domain.name, domain];
    }),
  );
}

function readDomain(element: XmlElement): DirectoryDomain {
  expectOnly(element, { children: [...LISTS, 'groups'], attributes: ['name'] });
  const name = required(element, 'name');
  const users = new Map<string, DirectoryUser>();
  const groups = new Map<string, readonly string[]>();
  const list = childOf(element, 'groups');
  if (list) expectOnly(list, { children: ['group'] });
  for (const group of childrenOf(list, 'group')) {
    expectOnly(group, { children: [...LISTS, 'users'], attributes: ['name'] });
    const members = readUsers(name, [element, group], childOf(group, 'users'));
    for (const [user, origin] of members) {
      if (users.has(user.id)) throw new SwitchConfigError(`there are two users ${user.id}`, origin);
      users.set(user.id, user);
    }
    groups.set(
      required(group, 'name'),
      members.map(([{ id }]) => id),
    );
  }
  return { name, users, groups };
}

function readUsers(
  domain: string,
  above: readonly XmlElement[],
  list: XmlElement | undefined,
): [DirectoryUser, XmlElement][] {
  if (list) expectOnly(list, { children: ['user'] });
  return childrenOf(list, 'user').map((element) => {
    expectOnly(element, { children: LISTS, attributes: ['id'] });
    const levels = [...above, element];
    return [
      {
        id: required(element, 'id'),
        domain,
        params: merged(levels, 'params', 'param'),
        variables: merged(levels, 'variables', 'variable'),
      },
      element,
    ];
  });
}

function merged(levels: readonly XmlElement[], list: string, item: string): ReadonlyMap<string, string> {
  return new Map(levels.flatMap((level) => [...lastOfEach(paramsIn(childOf(level, list), item))]));
}
