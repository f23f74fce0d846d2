import { fire, type Channel } from '../core';
import { openSource, type SoundSource } from '../media';
import { untilWithErrands } from './errands';
import { dequeueDtmf } from './dtmf';

/** How a playback ended: by itself, or because somebody wanted it to. */
export type PlaybackEnd = 'done' | 'break' | 'failed';

export interface PlaybackOptions {
  /** Keys that end it; 'any' = all; none when left out. */
  readonly terminators?: string;
  /** Gets every key that is pressed meanwhile; true = end it. */
  readonly onDigit?: (digit: string) => boolean;
  /** Ends it after that time. */
  readonly ms?: number | undefined;
}

/**
 * Plays a file or a stream to the phone (switch_ivr_play_file), with PLAYBACK_START and PLAYBACK_STOP. Ends when the
 * sound ends, when the channel is wanted elsewhere, by a key if told, or by `break`.
 */
export async function playFile(
  channel: Channel,
  path: string,
  options: PlaybackOptions = {},
): Promise<PlaybackEnd> {
  const source = await openSource(path);
  if (!source || !channel.isReady || !channel.hasMedia) return 'failed';
  const type = /^([a-z_]+):\/\//.exec(path)?.[1] ?? 'file';
  const told = { 'Playback-File-Type': type, 'Playback-File-Path': path };
  fire(channel, 'PLAYBACK_START', { last: told });
  const startedAt = channel.core.clock.now();
  const end = await play(channel, source, options);
  const playedMs = Math.round(channel.core.clock.now() - startedAt);
  channel.variables.set('playback_seconds', String(Math.floor(playedMs / 1000)));
  channel.variables.set('playback_ms', String(playedMs));
  channel.variables.set('playback_samples', String(playedMs * 8));
  fire(channel, 'PLAYBACK_STOP', { last: { ...told, 'Playback-Status': end } });
  return end;
}

/** Plays a source without telling of it. */
export async function play(
  channel: Channel,
  source: SoundSource,
  { terminators, onDigit, ms }: PlaybackOptions = {},
): Promise<'done' | 'break'> {
  const state = { hasEnded: false, isBroken: false };
  const stop = channel.core.ticker.every((isLost) => {
    const frame = source.next();
    if (frame) {
      if (!isLost) channel.endpoint.media.write(frame);
    } else if (!state.hasEnded) {
      state.hasEnded = true;
      channel.poke();
    }
  });
  const listens = onDigit !== undefined || terminators !== undefined;
  const listen = (): void => {
    while (listens && !state.isBroken && channel.pressed.length > 0) {
      const digit = dequeueDtmf(channel) ?? '';
      const isTerminator = terminators === 'any' || (terminators ?? '').includes(digit);
      state.isBroken = (onDigit?.(digit) ?? false) || isTerminator;
      if (state.isBroken) channel.variables.set('playback_terminator_used', digit);
    }
  };
  const isToEnd = (): boolean => channel.has('BREAK') || channel.has('STOP_BROADCAST');
  const isOver = (): boolean => {
    listen();
    return state.hasEnded || state.isBroken || !channel.isReady || isToEnd();
  };
  const isInTime = await untilWithErrands(channel, isOver, ms);
  stop();
  const end = !isInTime || state.isBroken || isToEnd() ? 'break' : 'done';
  channel.clearFlag('BREAK');
  return end;
}
