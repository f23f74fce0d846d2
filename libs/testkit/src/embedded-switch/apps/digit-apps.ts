import type { Channel } from '../core';
import { flushDtmf, playFile, readDigits, transfer } from '../ivr';
import { separate } from '../originate';
import { words, type App } from './application-parts';
import { bindMetaApp } from './bind-meta-app';

const SHORTEST_MS = 1000;

/** Applications about the keys of a phone. */
export const digitApps: readonly App[] = [
  { name: 'read', needsMedia: true, run: read },
  { name: 'play_and_get_digits', needsMedia: true, run: playAndGetDigits },
  { name: 'bind_meta_app', run: bindMetaApp },
  {
    name: 'unbind_meta_app',
    run: (channel) => {
      channel.receivedKeys = channel.sentKeys = undefined;
    },
  },
  {
    name: 'send_dtmf',
    run: (channel, data) => channel.endpoint.sendDtmf(data.replace(/@\d+$/, '')),
  },
  {
    name: 'queue_dtmf',
    run: (channel, data) => {
      channel.pressed.push(...Array.from(data.replace(/@\d+$/, '')));
      channel.poke();
    },
  },
  { name: 'flush_dtmf', run: (channel) => flushDtmf(channel) },
  { name: 'start_dtmf', run: () => undefined },
  { name: 'stop_dtmf', run: () => undefined },
];

/** read min max file variable timeout terminators digit-timeout */
async function read(channel: Channel, data: string): Promise<void> {
  const [min, max, file = '', name = '', timeout, terminators, digitTimeout] = separate(data, ' ');
  if (name !== '') channel.variables.delete(name);
  const least = Math.max(1, integer(min));
  const timeoutMs = Math.max(SHORTEST_MS, integer(timeout));
  const digits = await readDigits(channel, {
    min: least,
    max: Math.max(least, integer(max)),
    file,
    timeoutMs,
    digitTimeoutMs: integer(digitTimeout) || timeoutMs,
    terminators: terminators || '#',
  });
  if (name !== '' && digits !== '') channel.variables.set(name, digits);
}

/** play_and_get_digits min max tries timeout terminators file invalid-file variable regex digit-timeout failure */
async function playAndGetDigits(channel: Channel, data: string): Promise<void> {
  const args = separate(data, ' ');
  const [min, max, tries, timeout, terminators, file = '', invalidFile = '', name = '', regex] = args;
  const least = Math.max(0, integer(min));
  const timeoutMs = Math.max(SHORTEST_MS, integer(timeout));
  for (let left = integer(tries); channel.isReady && left > 0; left -= 1) {
    const digits = await readDigits(channel, {
      min: least,
      max: Math.max(least, integer(max)),
      file,
      timeoutMs,
      digitTimeoutMs: integer(args[9]) || timeoutMs,
      terminators: terminators || '#',
    });
    if (digits.length >= Math.max(1, least) && matches(digits, regex)) {
      if (name !== '') channel.variables.set(name, digits);
      return;
    }
    if (name !== '') channel.variables.delete(name);
    if (name !== '' && digits !== '') channel.variables.set(`${name}_invalid`, digits);
    if (invalidFile !== '') await playFile(channel, invalidFile);
  }
  const [extension, dialplan, context] = words(args[10] ?? '');
  if (extension !== undefined && channel.isUp) await transfer(channel, { extension, dialplan, context });
}

/** A dial plan's own expression; one that makes no sense matches nothing. */
function matches(digits: string, regex: string | undefined): boolean {
  if (regex === undefined || regex === '') return true;
  try {
    return new RegExp(regex).test(digits);
  } catch {
    return false;
  }
}

function integer(text: string | undefined): number {
  return Number.parseInt(text ?? '', 10) || 0;
}
