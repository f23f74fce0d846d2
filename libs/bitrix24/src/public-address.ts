import { BlockList, isIP } from 'node:net';

/** Networks that are not the public internet, from IANA's registries of special-purpose addresses. */
const NOT_PUBLIC_V4 = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // behind a provider's NAT
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, and the metadata service of clouds
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays, deprecated
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
] as const;

/** Of the one block that is public at all, what is not: Teredo and other protocols, documentation, 6to4. */
const NOT_PUBLIC_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const notPublic = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_V4) notPublic.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of NOT_PUBLIC_V6) notPublic.addSubnet(network, prefix, 'ipv6');

const publicV6 = new BlockList();
publicV6.addSubnet('2000::', 3, 'ipv6');

/** What a network with IPv6 only makes of IPv4 addresses (NAT64): as public as the address within. */
const translated = new BlockList();
translated.addSubnet('64:ff9b::', 96, 'ipv6');
const notPublicTranslated = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_V4)
  notPublicTranslated.addSubnet(`64:ff9b::${network}`, 96 + prefix, 'ipv6');

/**
 * Whether an IP address is one of the public internet. Not so: private, loopback, link-local, unique-local, multicast
 * and documentation networks, IPv4 inside IPv6, addresses with a zone, and anything that is no address.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !notPublic.check(address, 'ipv4');
  if (isIP(address) !== 6 || address.includes('%')) return false;
  if (translated.check(address, 'ipv6')) return !notPublicTranslated.check(address, 'ipv6');
  return publicV6.check(address, 'ipv6') && !notPublic.check(address, 'ipv6');
}
