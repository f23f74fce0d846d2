import { startRecording, stopRecording, type Channel } from '../core';
import { dequeueDtmf, playFile, untilWithErrands, type PlaybackEnd } from '../ivr';
import { framesSource, toneFrames } from '../media';
import { play } from '../ivr';
import { separate } from '../originate';
import type { App } from './application-parts';

/** Applications that play or record. */
export const soundApps: readonly App[] = [
  { name: 'playback', needsMedia: true, run: playback },
  {
    name: 'endless_playback',
    needsMedia: true,
    run: async (channel, data) => {
      for (let end: PlaybackEnd = 'done'; channel.isReady && end === 'done';) {
        end = await playFile(channel, data);
      }
    },
  },
  { name: 'gentones', needsMedia: true, run: generateTones },
  { name: 'echo', needsMedia: true, run: echo },
  {
    name: 'record_session',
    needsMedia: true,
    run: (channel, data) => {
      const [path = '', limit = ''] = separate(data, ' ');
      if (path !== '' && startRecording(channel, path)) limitRecording(channel, path, limit);
    },
  },
  {
    name: 'stop_record_session',
    needsMedia: true,
    run: (channel, data) => {
      stopRecording(channel, data.trim(), 'success-maxtime');
    },
  },
  // "Invalid TTS module!": there is none here, as in a FreeSWITCH without mod_flite; the plan goes on.
  { name: 'speak', needsMedia: true, run: () => undefined },
  { name: 'record', needsMedia: true, run: recordMessage },
  {
    name: 'break',
    run: (channel) => {
      channel.setFlag('BREAK');
    },
  },
];

async function playback(channel: Channel, data: string): Promise<void> {
  const terminators = terminatorsOf(channel);
  const end = await playFile(channel, data, { terminators });
  const response = { done: 'FILE PLAYED', break: 'PLAYBACK_INTERRUPTED', failed: 'PLAYBACK ERROR' }[end];
  channel.variables.set('current_application_response', response);
}

/** `*` unless playback_terminators says otherwise. */
function terminatorsOf({ variables }: Channel): string {
  const own = variables.get('playback_terminators');
  if (own === 'none') return '';
  return own ?? '*';
}

async function generateTones(channel: Channel, data: string): Promise<void> {
  const [script = '', loops = '1'] = data.split('|');
  const frames = toneFrames(script);
  if (frames) await play(channel, framesSource(frames, Number(loops) || 1), { terminators: '*' });
}

async function echo(channel: Channel): Promise<void> {
  const { media } = channel.endpoint;
  const stop = media.read((frame) => media.write(frame));
  await untilWithErrands(channel, () => !channel.isReady || channel.has('BREAK'));
  stop();
}

/** `record_session path +60` ends by itself. */
function limitRecording(channel: Channel, path: string, limit: string): void {
  const seconds = Number.parseInt(limit.replace('+', ''), 10);
  if (!(seconds > 0)) return;
  channel.core.clock.after(seconds * 1000, () => stopRecording(channel, path, 'success-maxtime'));
}

/** `record path [seconds]`: until `*` is pressed, the time is over, or the caller goes (a voice message). */
async function recordMessage(channel: Channel, data: string): Promise<void> {
  const [path = '', limit = ''] = separate(data, ' ');
  const seconds = Number.parseInt(limit.replace('+', ''), 10);
  if (!startRecording(channel, path, 'untold')) {
    channel.core.hangUp(channel, 'DESTINATION_OUT_OF_ORDER');
    return;
  }
  const key = await listenForKey(channel, seconds > 0 ? seconds * 1000 : undefined);
  stopRecording(channel, path, 'untold');
  if (key !== undefined) channel.variables.set('playback_terminator_used', key);
  if (!channel.isReady) channel.core.hangUp(channel, 'DESTINATION_OUT_OF_ORDER');
}

/** @returns the key that ends it; undefined = the time is over, or the channel has something else to do */
async function listenForKey(channel: Channel, ms: number | undefined): Promise<string | undefined> {
  const deadline = ms === undefined ? undefined : performance.now() + ms;
  const isEnded = (): boolean => !channel.isReady || channel.has('BREAK');
  while (!isEnded()) {
    const left = deadline === undefined ? undefined : Math.max(0, deadline - performance.now());
    if (left === 0) return undefined;
    await untilWithErrands(channel, () => channel.pressed.length > 0 || isEnded(), left);
    const key = dequeueDtmf(channel);
    if (key !== undefined && terminatorsOf(channel).includes(key)) return key;
  }
  return undefined;
}
