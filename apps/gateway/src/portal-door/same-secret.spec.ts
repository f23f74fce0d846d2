import type * as crypto from 'node:crypto';
import { createHash, timingSafeEqual } from 'node:crypto';
import { isSecretOf } from './same-secret';

jest.mock('node:crypto', () => {
  const real = jest.requireActual<typeof crypto>('node:crypto');
  return { ...real, timingSafeEqual: jest.fn(real.timingSafeEqual) };
});

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

describe('a secret', () => {
  it.each([
    ['the right one', 'a1b2c3', hashOf('a1b2c3'), true],
    ['different at the end', 'a1b2c4', hashOf('a1b2c3'), false],
    ['a beginning of the right one', 'a1b2', hashOf('a1b2c3'), false],
    ['different in case', 'A1B2C3', hashOf('a1b2c3'), false],
    ['the hash itself', hashOf('a1b2c3'), hashOf('a1b2c3'), false],
    ['empty, as is the known one', '', hashOf(''), false],
    ['missing', undefined, hashOf('a1b2c3'), false],
    ['to be compared with nothing', 'a1b2c3', undefined, false],
    ['missing on both sides', undefined, undefined, false],
    ['to be compared with what is no hash', 'a1b2c3', 'a1b2c3', false],
  ])('that is %s', (_, given, known, isRight) => {
    expect(isSecretOf(known, given)).toBe(isRight);
  });

  it('is compared as a hash, in constant time, whatever it is', () => {
    const compare = jest.mocked(timingSafeEqual);
    compare.mockClear();
    isSecretOf(undefined, undefined);
    isSecretOf(hashOf('x'), 'a much longer secret');
    expect(compare.mock.calls.map(([a, b]) => [a.byteLength, b.byteLength])).toEqual([
      [32, 32],
      [32, 32],
    ]);
  });
});
