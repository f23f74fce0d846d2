import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import { StoreError } from '../store-error';

/** A key of AES-256 and the name that stands beside what it has sealed. */
export interface SecretKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** Where a secret is kept. It can be opened there and nowhere else. */
export interface SecretPlace {
  readonly table: string;
  readonly column: string;
  /** What the row is called for ever. */
  readonly row: string;
}

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
/** As NIST SP 800-38D wants it; random, which is safe for four thousand million texts per key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/**
 * Seals what must not be readable in the database, in its backups and replicas: tokens, application secrets, install
 * keys. `v1.<key id>.<nonce, ciphertext and tag in base64url>`; the place is authenticated with it, so a sealed text that
 * was copied to another row or column does not open. The first key seals, the others still open: that is how keys are
 * changed (ADR 10).
 */
export class SecretBox {
  private readonly keys: ReadonlyMap<string, KeyObject>;
  private readonly first: SecretKey | undefined;

  /**
   * @param keys none: this process has no business with secrets
   * @throws RangeError when a key does not have 32 bytes
   */
  constructor(keys: readonly SecretKey[]) {
    const wrong = keys.find(({ key }) => key.symmetricKeySize !== KEY_BYTES);
    if (wrong) throw new RangeError(`the key "${wrong.id}" does not have ${KEY_BYTES} bytes`);
    this.keys = new Map(keys.map(({ id, key }) => [id, key]));
    this.first = keys[0];
  }

  /** The text as it may be stored. Throws StoreError `sealed` when this process has no key. */
  seal(place: SecretPlace, text: string): string {
    if (!this.first) throw trouble(place, 'cannot be sealed: this process has no SECRET_KEYS');
    const { id, key } = this.first;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(context(id, place));
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, id, sealed.toString('base64url')].join('.');
  }

  /** The text that was sealed for this place. Throws StoreError `sealed`, which says what is wrong and holds no secret. */
  open(place: SecretPlace, sealed: string): string {
    const [version, id = '', encoded = ''] = sealed.split('.');
    const bytes = Buffer.from(encoded, 'base64url');
    if (version !== VERSION || bytes.byteLength < NONCE_BYTES + TAG_BYTES)
      throw trouble(place, 'holds something that was not sealed here');
    const key = this.keys.get(id);
    if (!key)
      throw trouble(place, `is sealed with the key "${id}", which is not in SECRET_KEYS of this process`);
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(context(id, place));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return (
        decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      );
    } catch {
      throw trouble(place, `was changed, moved, or sealed with another key that is called "${id}" too`);
    }
  }

  /** Whether a sealed text has been sealed with the key that seals now. */
  isCurrent(sealed: string): boolean {
    return this.first !== undefined && sealed.startsWith(`${VERSION}.${this.first.id}.`);
  }
}

/** JSON, so that no two places give the same bytes. */
function context(keyId: string, { table, column, row }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([VERSION, keyId, table, column, row]));
}

function trouble({ table, column, row }: SecretPlace, what: string): StoreError {
  return new StoreError(`${table}.${column} of ${row} ${what}`, { kind: 'sealed', table });
}
