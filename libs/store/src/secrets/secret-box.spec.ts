import { createSecretKey, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { StoreError } from '../store-error';
import { SecretBox, type SecretKey, type SecretPlace } from './secret-box';

const keyNamed = (id: string): SecretKey => ({ id, key: createSecretKey(randomBytes(32)) });
const old = keyNamed('old');
const fresh = keyNamed('fresh');
const place: SecretPlace = { table: 'portal', column: 'credentials', row: 'acme' };
const box = new SecretBox([old]);

/** The StoreError that opening ends with. */
function troubleOf(open: () => unknown): StoreError {
  try {
    open();
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('it was opened');
}

describe('a sealed secret', () => {
  it('opens at its place, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(box.open(place, box.seal(place, text))).toBe(Buffer.from(text).toString());
      }),
    );
  });

  it('is never the same text twice, and tells nothing but the name of its key', () => {
    const sealed = [box.seal(place, 'token'), box.seal(place, 'token')];
    expect(new Set(sealed).size).toBe(2);
    expect(sealed[0]).toMatch(/^v1\.old\.[\w-]+$/);
    expect(sealed.join()).not.toContain('token');
  });

  it.each<[string, Partial<SecretPlace>]>([
    ['row', { row: 'globex' }],
    ['column', { column: 'client_secret' }],
    ['table', { table: 'portal_app' }],
  ])('does not open in another %s', (_what, elsewhere) => {
    const sealed = box.seal(place, 'token');
    expect(troubleOf(() => box.open({ ...place, ...elsewhere }, sealed))).toMatchObject({
      kind: 'sealed',
      verdict: 'ask-a-person',
    });
  });

  it('does not open when a single character was changed', () => {
    const sealed = box.seal(place, 'token');
    const start = 'v1.old.'.length;
    // The last character of base64url may hold bits that no byte has.
    for (let at = start; at < sealed.length - 1; at += 1) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(troubleOf(() => box.open(place, changed)).message).toContain('was changed');
    }
  });

  it.each(['', 'plain text', '{"accessToken":"x"}', 'v1.old.', 'v1.old.AAAA', 'v2.old.AAAA', 'v1'])(
    'is not %j, and the error does not repeat it',
    (text) => {
      const { message } = troubleOf(() => box.open(place, text));
      expect(message).toBe('portal.credentials of acme holds something that was not sealed here');
    },
  );
});

describe('changing the key', () => {
  it('opens what an earlier key has sealed, and seals with the first', () => {
    const sealed = box.seal(place, 'token');
    const both = new SecretBox([fresh, old]);
    expect(both.open(place, sealed)).toBe('token');
    expect(both.isCurrent(sealed)).toBe(false);
    expect(both.isCurrent(both.seal(place, 'token'))).toBe(true);
  });

  it('says which key is missing', () => {
    const { message } = troubleOf(() => new SecretBox([fresh]).open(place, box.seal(place, 'token')));
    expect(message).toContain('the key "old", which is not in SECRET_KEYS');
  });

  it('notices another key under the same name', () => {
    const impostor = new SecretBox([keyNamed('old')]);
    expect(troubleOf(() => impostor.open(place, box.seal(place, 'token'))).message).toContain('another key');
  });
});

describe('a process without keys', () => {
  it('can neither seal nor open', () => {
    const none = new SecretBox([]);
    expect(troubleOf(() => none.seal(place, 'token')).message).toContain('no SECRET_KEYS');
    expect(troubleOf(() => none.open(place, box.seal(place, 'token'))).kind).toBe('sealed');
    expect(none.isCurrent(box.seal(place, 'token'))).toBe(false);
  });
});

describe('a key', () => {
  it('has 32 bytes', () => {
    const short = { id: 'short', key: createSecretKey(randomBytes(16)) };
    expect(() => new SecretBox([short])).toThrow('the key "short" does not have 32 bytes');
  });

  it('is shown by nothing that holds it', () => {
    const bytes = randomBytes(32);
    const holder = new SecretBox([{ id: 'k', key: createSecretKey(bytes) }]);
    expect(inspect(holder, { depth: 9, showHidden: true })).not.toContain(bytes.toString('hex').slice(0, 12));
  });
});
