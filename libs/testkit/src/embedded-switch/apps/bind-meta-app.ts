import type { Channel, KeyHook } from '../core';
import { broadcast } from '../ivr';

/** A feature code is over when so much time has passed since its star. */
const PATIENCE_MS = 5000;

/** What one feature code runs. */
interface Bound {
  readonly what: string;
  /** Letters of bind_meta_app: who runs it (a, b, o, s), 1 = only once. */
  readonly flags: string;
}

/** Feature codes of one channel, for one direction. */
class MetaKeys {
  readonly bound = new Map<string, Bound>();
  #starAt: number | undefined;

  constructor(private readonly run: (bound: Bound) => void) {}

  /** @returns whether the key belongs to a feature code */
  take(digit: string, now: number): boolean {
    if (this.#starAt !== undefined && now - this.#starAt > PATIENCE_MS) this.#starAt = undefined;
    if (this.#starAt === undefined) {
      if (digit !== '*') return false;
      this.#starAt = now;
      return true;
    }
    this.#starAt = undefined;
    // a second star is a star
    if (digit === '*') return false;
    const bound = this.bound.get(digit);
    if (bound?.flags.includes('1')) this.bound.delete(digit);
    if (bound) this.run(bound);
    return true;
  }
}

const keysOf = new WeakMap<KeyHook, MetaKeys>();

/**
 * `bind_meta_app 1 b s execute_extension::dx XML features`: `*1` of the other side (b) or of the own phone (a) runs an
 * application, on the side that pressed it (s), on the opposite one (o), on the A leg (a) or the B leg (b). Whoever is
 * talked to hears music meanwhile.
 */
export function bindMetaApp(channel: Channel, data: string): void {
  const [, key = '', listens = '', flags = '', what = ''] =
    /^(\S+)\s+(\S+)\s+(\S+)\s+(.*)$/s.exec(data) ?? [];
  if (key === '') return;
  const bound = { what: what.replace(/^(\S+?)(::|\s)/, '$1::'), flags };
  if (listens.includes('a')) {
    channel.receivedKeys ??= hook(channel, true);
    keysOf.get(channel.receivedKeys)?.bound.set(key, bound);
  }
  if (listens.includes('b')) {
    channel.sentKeys ??= hook(channel, false);
    keysOf.get(channel.sentKeys)?.bound.set(key, bound);
  }
}

function hook(channel: Channel, isOwn: boolean): KeyHook {
  const keys = new MetaKeys(({ what, flags }) => {
    const isOnOther = flags.includes('o') ? isOwn : flags.includes('s') ? !isOwn : flags.includes('b');
    const runner = isOnOther ? channel.partner : channel;
    if (runner) broadcast(runner, what, { holdsPartner: true });
  });
  const take: KeyHook = (digit) => keys.take(digit, performance.now());
  keysOf.set(take, keys);
  return take;
}
