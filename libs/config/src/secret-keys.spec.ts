import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { secretKeys } from './secret-keys';

const first = randomBytes(32).toString('base64');
const second = randomBytes(32).toString('base64url');

describe('SECRET_KEYS', () => {
  it('is a list of keys with their ids, the one that seals first', () => {
    const keys = secretKeys.parse(`2026-11:${first}, old_one:${second}`);
    expect(keys.map(({ id, key }) => [id, key.export().toString('base64')])).toEqual([
      ['2026-11', first],
      ['old_one', Buffer.from(second, 'base64url').toString('base64')],
    ]);
  });

  it('shows no key to whoever prints it', () => {
    const keys = secretKeys.parse(`k1:${first}`);
    const shown = `${JSON.stringify(keys)} ${inspect(keys, { depth: 9, showHidden: true })}`;
    expect(shown).not.toContain(first.slice(0, 20));
    expect(shown).not.toContain(Buffer.from(first, 'base64').toString('hex').slice(0, 16));
  });

  it.each([
    ['no id', first, 'id:key'],
    ['an empty id', `:${first}`, 'id:key'],
    ['an id with a dot', `a.b:${first}`, 'id:key'],
    ['nothing after a comma', `k1:${first},`, 'id:key'],
    ['no key', 'k1:', 'base64'],
    ['a key that is no base64', 'k1:*secret*', 'base64'],
    ['a short key', `k1:${randomBytes(16).toString('base64')}`, '32 bytes, not of 16'],
    ['a long key', `k1:${randomBytes(33).toString('base64')}`, '32 bytes, not of 33'],
    ['one id for two keys', `k1:${first},k1:${second}`, 'earlier key'],
  ])('is refused with %s, and never repeated', (_what, text, problem) => {
    const { error } = secretKeys.safeParse(text);
    expect(error?.message).toContain(problem);
    expect(error?.message).not.toContain('secret');
    expect(error?.message).not.toContain(first);
  });
});
