import { preAnswer, type Channel } from '../core';
import { framesSource, openSource, toneFrames, type SoundSource } from '../media';

/** What the caller hears while the phones ring. */
export class Ringback {
  #isPlaying = false;
  #isOver = false;
  #stop: () => void = () => undefined;

  constructor(
    private readonly caller: Channel,
    private readonly sound: string,
  ) {}

  /** Gives the caller early media if he has none, and begins. @returns false when he can have none */
  async start(): Promise<boolean> {
    if (this.#isPlaying) return true;
    this.#isPlaying = true;
    const { caller, sound } = this;
    if (!(await preAnswer(caller))) return false;
    const source = await openRingback(sound);
    if (!source || this.isOver) return true;
    this.#stop = caller.core.ticker.every((isLost) => {
      const frame = source.next();
      if (frame && !isLost && !caller.has('BROADCAST')) caller.endpoint.media.write(frame);
    });
    return true;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  stop(): void {
    this.#isOver = true;
    this.#stop();
  }
}

/** The variable that says it: `transfer_ringback` for somebody who is answered already. */
export function ringbackOf(caller: Channel): string | undefined {
  if (caller.has('PROXY_MODE')) return undefined;
  const own = caller.has('ANSWERED') ? caller.variables.get('transfer_ringback') : undefined;
  return own ?? caller.variables.get('ringback');
}

/** A tone script, a stream or a file; for ever. */
async function openRingback(sound: string): Promise<SoundSource | undefined> {
  if (sound.startsWith('silence')) return undefined;
  const script = sound.replace(/^tone_stream:\/\//, '').replace(/;loops=-?\d+/, '');
  const tones = toneFrames(script);
  return tones ? framesSource(tones, -1) : openSource(sound);
}
