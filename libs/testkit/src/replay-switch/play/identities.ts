import { createHash } from 'node:crypto';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/**
 * The uuid that stands for `uuid` in a play with this salt: well-formed (version 4), the same every time, another one
 * for every salt.
 */
export function saltedUuid(uuid: string, salt: string): string {
  const hex = createHash('sha256').update(`${salt}\n${uuid}`).digest('hex');
  const variant = (8 + (parseInt(hex.charAt(16), 16) % 4)).toString(16);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join('-');
}

export interface IdentityChange {
  readonly uuidSalt?: string;
  /** Numbers, extensions or uuids of the capture, and what they are to be in the play. */
  readonly rename?: Readonly<Record<string, string>>;
}

/**
 * Gives the ids of a capture other values, consistently, wherever they stand in a text: alone, in a path, in
 * "uuid;LOSE_RACE". A renamed number must stand alone, not be part of a longer one or of a uuid.
 */
export class Identities {
  readonly #known = new Map<string, string>();
  readonly #pattern: RegExp;

  /**
   * @param coreUuids Core-UUIDs of the capture: all of them become that of the switch that plays
   * @param currentCore asked at every event, because the switch may have been restarted
   */
  constructor(
    private readonly change: IdentityChange,
    private readonly coreUuids: ReadonlySet<string>,
    private readonly currentCore: () => string,
  ) {
    const tokens = Object.keys(change.rename ?? {}).map((token) => token.replace(/[^0-9A-Za-z]/g, '\\$&'));
    const alone = tokens.length === 0 ? '' : `|(?<![0-9A-Za-z])(?:${tokens.join('|')})(?![0-9A-Za-z])`;
    this.#pattern = new RegExp(`${UUID}${alone}`, 'g');
  }

  replaceIn(text: string): string {
    return text.replace(this.#pattern, (found) => this.#other(found));
  }

  /** A SIP Call-ID that holds no uuid ("tin4bhxeq1vvxrh2@127.0.0.1") needs the salt as well: it is unique too. */
  sipCallId(callId: string): string {
    const { uuidSalt } = this.change;
    const replaced = this.replaceIn(callId);
    if (uuidSalt === undefined || replaced !== callId) return replaced;
    return callId.replace(/^[^@]+/, (local) =>
      saltedUuid(local, uuidSalt).replaceAll('-', '').slice(0, local.length),
    );
  }

  #other(found: string): string {
    if (this.coreUuids.has(found)) return this.currentCore();
    const known = this.#known.get(found) ?? this.#changed(found);
    this.#known.set(found, known);
    return known;
  }

  #changed(found: string): string {
    const { rename = {}, uuidSalt } = this.change;
    if (Object.hasOwn(rename, found)) return rename[found] ?? found;
    return uuidSalt === undefined ? found : saltedUuid(found, uuidSalt);
  }
}
