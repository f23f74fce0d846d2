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
  /** Names of groups, and who is in them, in order: whom `group_call` rings. */
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
  const list = childOf(element, 'groups');
  if (list) expectOnly(list, { children: ['group'] });
  const groups = childrenOf(list, 'group');
  const users = new Map<string, DirectoryUser>();
  for (const group of groups) {
    expectOnly(group, { children: [...LISTS, 'users'], attributes: ['name'] });
    for (const member of membersOf(group)) {
      const id = required(member, 'id');
      if (isPointer(member)) continue;
      if (users.has(id)) throw new SwitchConfigError(`there are two users ${id}`, member);
      users.set(id, readUser(name, id, [element, group, member]));
    }
  }
  return {
    name,
    users,
    groups: new Map(groups.map((group) => [required(group, 'name'), memberIds(group, users)])),
  };
}

function readUser(domain: string, id: string, levels: readonly XmlElement[]): DirectoryUser {
  return {
    id,
    domain,
    params: merged(levels, 'params', 'param'),
    variables: merged(levels, 'variables', 'variable'),
  };
}

function membersOf(group: XmlElement): readonly XmlElement[] {
  const list = childOf(group, 'users');
  if (list) expectOnly(list, { children: ['user'] });
  const members = childrenOf(list, 'user');
  for (const member of members) expectOnly(member, { children: LISTS, attributes: ['id', 'type'] });
  return members;
}

/** A pointer says that somebody who is defined elsewhere belongs to the group too. */
function isPointer(member: XmlElement): boolean {
  const type = member.attributes.get('type');
  if (type !== undefined && type !== 'pointer')
    throw new SwitchConfigError(`type="${type}": only pointer is supported`, member);
  return type === 'pointer';
}

function memberIds(group: XmlElement, users: ReadonlyMap<string, DirectoryUser>): string[] {
  return membersOf(group).map((member) => {
    const id = required(member, 'id');
    if (!users.has(id)) throw new SwitchConfigError(`there is no user ${id} to point to`, member);
    return id;
  });
}

function merged(levels: readonly XmlElement[], list: string, item: string): ReadonlyMap<string, string> {
  return new Map(levels.flatMap((level) => [...lastOfEach(paramsIn(childOf(level, list), item))]));
}
