import { isPublicAddress } from './public-address';

describe('an address of the public internet', () => {
  it.each([
    '8.8.8.8',
    '1.0.0.1',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.1',
    '198.17.255.255',
    '223.255.255.255',
    '2a00:1450:4010:c0f::66',
    '2606:4700::1111',
    '64:ff9b::8.8.8.8',
  ])('%s', (address) => expect(isPublicAddress(address)).toBe(true));
});

describe('no address of the public internet', () => {
  it.each([
    ['this network', '0.0.0.0'],
    ['private', '10.255.255.255'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['behind a NAT of the provider', '100.64.0.1'],
    ['behind a NAT of the provider', '100.127.255.255'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.8.9.10'],
    ['the metadata service of clouds', '169.254.169.254'],
    ['documentation', '203.0.113.7'],
    ['benchmarks', '198.19.255.255'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['unique-local', 'fd00::1'],
    ['unique-local', 'fc00::1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['public with a zone', '2606:4700::1111%eth0'],
    ['multicast', 'ff02::1'],
    ['documentation', '2001:db8::1'],
    ['Teredo', '2001::1'],
    ['6to4', '2002:7f00:1::'],
    ['private IPv4 inside', '::ffff:10.0.0.1'],
    ['loopback inside', '::ffff:7f00:1'],
    ['public IPv4 inside', '::ffff:8.8.8.8'],
    ['the old form of that', '::127.0.0.1'],
    ['translated private', '64:ff9b::10.0.0.1'],
    ['translated metadata service', '64:ff9b::a9fe:a9fe'],
    ['translation of one site', '64:ff9b:1::1'],
    ['a name', 'localhost'],
    ['a short form', '127.1'],
    ['nothing', ''],
  ])('%s: %s', (_what, address) => expect(isPublicAddress(address)).toBe(false));
});
