import { preAnswer, type Channel } from '../core';
import { dequeueDtmf } from './dtmf';
import { untilWithErrands } from './errands';
import { playFile } from './playback';

/** What is asked for. */
export interface DigitsWanted {
  readonly min: number;
  readonly max: number;
  /** Prompt; the first key ends it. "silence" = none. */
  readonly file: string;
  /** Until the first key, after the prompt. */
  readonly timeoutMs: number;
  /** Between two keys. */
  readonly digitTimeoutMs: number;
  /** Keys that end it before there are `max`; they are not part of the answer. */
  readonly terminators: string;
}

/**
 * Plays a prompt and collects keys (switch_ivr_read), and says in read_result how that went.
 *
 * @returns the keys; too few of them = the time is over, or the channel is wanted elsewhere
 */
export async function readDigits(channel: Channel, wanted: DigitsWanted): Promise<string> {
  const { variables } = channel;
  variables.delete('read_result');
  if (!(await preAnswer(channel))) return '';
  const keys = { digits: '', terminator: '' };
  if (wanted.file !== '' && wanted.file.toLowerCase() !== 'silence') {
    await playFile(channel, wanted.file, {
      onDigit: (digit) => {
        take(keys, digit, wanted);
        return true;
      },
    });
  }
  await collect(channel, wanted, keys);
  if (keys.terminator !== '') variables.set('read_terminator_used', keys.terminator);
  const isDone = keys.digits.length >= Math.max(1, wanted.min);
  variables.set('read_result', isDone ? 'success' : channel.isReady ? 'timeout' : 'failure');
  return keys.digits;
}

interface Keys {
  digits: string;
  terminator: string;
}

async function collect(channel: Channel, wanted: DigitsWanted, keys: Keys): Promise<void> {
  const isComplete = (): boolean => keys.digits.length >= wanted.max || keys.terminator !== '';
  while (!isComplete() && channel.isUp) {
    const ms = keys.digits === '' ? wanted.timeoutMs : wanted.digitTimeoutMs;
    const mustEnd = (): boolean => !channel.isReady || channel.has('BREAK');
    const isPressed = await untilWithErrands(channel, () => channel.pressed.length > 0 || mustEnd(), ms);
    if (!isPressed || mustEnd()) break;
    take(keys, dequeueDtmf(channel) ?? '', wanted);
  }
  channel.clearFlag('BREAK');
}

function take(keys: Keys, digit: string, { terminators, max }: DigitsWanted): void {
  if (terminators.includes(digit) && digit !== '') keys.terminator = digit;
  else if (keys.digits.length < max) keys.digits += digit;
}
