import { BlockList, isIPv6 } from 'node:net';
import { SwitchConfigError } from './switch-config-error';
import { childOf, childrenOf, expectOnly, required, type XmlElement } from './xml-element';

/** An access list of acl.conf: which addresses it allows. */
export interface NetworkList {
  readonly name: string;
  /** Of the networks that hold the address the narrowest decides, of equal ones the last; else the list's default. */
  allows(ip: string): boolean;
}

interface NetworkNode {
  readonly allow: boolean;
  readonly bits: number;
  readonly holds: (ip: string) => boolean;
}

/** Reads acl.conf (switch_core.c, `switch_load_network_lists`). */
export function readNetworkLists(acl: XmlElement | undefined): ReadonlyMap<string, NetworkList> {
  const lists = childOf(acl, 'network-lists');
  if (lists) expectOnly(lists, { children: ['list'] });
  return new Map(
    childrenOf(lists, 'list').map((element) => {
      const list = readList(element);
      return [list.name, list];
    }),
  );
}

function readList(element: XmlElement): NetworkList {
  expectOnly(element, { children: ['node'], attributes: ['name', 'default'] });
  const byDefault = isAllow(required(element, 'default'), element);
  const nodes = childrenOf(element, 'node').flatMap(readNode);
  return {
    name: required(element, 'name'),
    allows(ip) {
      const fitting = nodes.filter((node) => node.holds(ip)).sort((a, b) => a.bits - b.bits);
      return fitting.at(-1)?.allow ?? byDefault;
    },
  };
}

/** `cidr` may hold several networks, with commas. */
function readNode(element: XmlElement): NetworkNode[] {
  expectOnly(element, { attributes: ['type', 'cidr'] });
  const allow = isAllow(required(element, 'type'), element);
  return required(element, 'cidr')
    .split(',')
    .map((cidr) => cidr.trim())
    .filter((cidr) => cidr !== '')
    .map((cidr) => {
      const [address = '', prefix] = cidr.split('/');
      const network = new BlockList();
      try {
        network.addSubnet(address, Number(prefix), familyOf(address));
      } catch {
        throw new SwitchConfigError(`${cidr} is no network: a.b.c.d/bits is wanted`, element);
      }
      return { allow, bits: Number(prefix), holds: (ip) => network.check(ip, familyOf(ip)) };
    });
}

function familyOf(ip: string): 'ipv4' | 'ipv6' {
  return isIPv6(ip) ? 'ipv6' : 'ipv4';
}

function isAllow(word: string, element: XmlElement): boolean {
  if (word === 'allow') return true;
  if (word === 'deny') return false;
  throw new SwitchConfigError(`allow or deny is wanted, not ${word}`, element);
}
