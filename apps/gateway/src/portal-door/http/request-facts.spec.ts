import type { Request } from 'express';
import { addressOf, bodyOf, doorOf } from './request-facts';

const requestOf = (fields: Partial<Request>) => fields as Request;

it.each([
  ['203.0.113.5', '203.0.113.5'],
  ['::ffff:203.0.113.5', '203.0.113.5'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1::6', '2001:db8:1:0::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  [undefined, 'unknown'],
])('the address %s counts as %s', (ip, address) => {
  expect(addressOf(requestOf({ ip }))).toBe(address);
});

it.each([
  ['/bitrix24/key/install', 'install'],
  ['/bitrix24/key/EVENTS/', 'events'],
  ['/bitrix24/key/app', 'app'],
  ['/bitrix24/key/install/more', 'other'],
  ['/', 'other'],
])('the path %s is called %s', (path, door) => {
  expect(doorOf(requestOf({ path }))).toBe(door);
});

it('a request without a body has an empty one', () => {
  expect(bodyOf(requestOf({ body: undefined })).byteLength).toBe(0);
});
