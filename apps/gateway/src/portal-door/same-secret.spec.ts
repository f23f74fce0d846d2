import type * as crypto from 'node:crypto';
import { timingSafeEqual } from 'node:crypto';
import { sameSecret } from './same-secret';

jest.mock('node:crypto', () => {
  const real = jest.requireActual<typeof crypto>('node:crypto');
  return { ...real, timingSafeEqual: jest.fn(real.timingSafeEqual) };
});

describe('two secrets', () => {
  it.each([
    ['the same', 'a1b2c3', 'a1b2c3', true],
    ['different at the end', 'a1b2c3', 'a1b2c4', false],
    ['a beginning of the other', 'a1b2', 'a1b2c3', false],
    ['different in case', 'A1B2C3', 'a1b2c3', false],
    ['both empty', '', '', false],
    ['one missing', undefined, 'a1b2c3', false],
    ['nothing to compare with', 'a1b2c3', undefined, false],
    ['both missing', undefined, undefined, false],
  ])('that are %s', (_, given, known, same) => {
    expect(sameSecret(given, known)).toBe(same);
  });

  it('are compared as hashes of one length, in constant time, whatever they are', () => {
    const compare = jest.mocked(timingSafeEqual);
    compare.mockClear();
    sameSecret(undefined, undefined);
    sameSecret('x', 'a much longer secret');
    expect(compare.mock.calls.map(([a, b]) => [a.byteLength, b.byteLength])).toEqual([
      [32, 32],
      [32, 32],
    ]);
  });
});
