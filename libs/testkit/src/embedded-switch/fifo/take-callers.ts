import { localTime } from '../../replay-switch/state/own-events';
import { answer, pauseRecordings, resumeRecordings, type Channel } from '../core';
import { playFile, untilWithErrands } from '../ivr';
import { connect } from './connect';
import type { Consumer } from './consumer';
import { SLOTS, type Line } from './line';
import type { Lines } from './lines';
import { tell } from './tell';
import { track, untrack } from './track-call';

const WRAP_UP_MS = 5000;
const POLL_MS = 500;

/** Somebody serves lines: once, or until he hangs up (fifo_function, "out"). */
export async function takeCallers(consumer: Consumer): Promise<void> {
  const { lines, channel, served, name, waits } = consumer;
  untrack(lines, channel);
  pauseRecordings(channel);
  if (waits) {
    for (const line of served) line.consumers.add(channel);
    await answer(channel);
  }
  tell(channel, name, 'consumer_start');
  channel.variables.set('fifo_status', 'WAITING');
  channel.variables.set('fifo_timestamp', localTime(channel.core.clock.now()));
  while (channel.isReady) {
    const found = find(consumer);
    if (found && !(await serve(consumer, found))) break;
    if (!found && !(waits && (await waitForSomebody(consumer)))) break;
  }
  tell(channel, name, 'consumer_stop');
  for (const line of served) line.consumers.delete(channel);
  const id = consumer.memberId;
  if (id !== undefined && channel.isUp) track(lines, channel, id);
  resumeRecordings(channel);
}

/** The next one, and he is out of his line. */
function find(consumer: Consumer): Channel | undefined {
  const { lines, channel, served } = consumer;
  const line = lineToServe(channel, served);
  if (!line) return undefined;
  const caller = callerFor(lines, channel, line);
  if (!caller) return undefined;
  line.remove(caller);
  return caller.isUp ? caller : find(consumer);
}

/** Of several lines: the more important, then the one that has waited longer or has more people (fifo_strategy). */
function lineToServe({ variables }: Channel, served: readonly Line[]): Line | undefined {
  const wantsMore = variables.get('fifo_strategy')?.toLowerCase() === 'more_ppl';
  const isBetter = (line: Line, than: Line): boolean =>
    wantsMore ? line.waiting > than.waiting : line.waitingSince < than.waitingSince;
  let importance = 0;
  let best: Line | undefined;
  for (const line of served.filter(({ waiting }) => waiting > 0)) {
    if (importance > 0 && line.importance <= importance) continue;
    if (!best || isBetter(line, best)) best = line;
    importance = Math.max(importance, line.importance);
  }
  return best;
}

/** Whom a member was called for; else whom his skill, then the VIP, then the order says. */
function callerFor(lines: Lines, { variables }: Channel, line: Line): Channel | undefined {
  const uuid = variables.get('fifo_bridge_uuid');
  const meant = uuid === undefined ? undefined : line.find(({ channel }) => channel.uuid === uuid);
  if (meant) {
    lines.rounds.get(meant)?.callOff('PICKED_OFF');
    return meant;
  }
  if (uuid !== undefined && variables.isTrue('fifo_bridge_uuid_required')) return undefined;
  const slots = popOrder(variables.get('fifo_pop_order'));
  const isFree = (channel: Channel): boolean => !lines.rounds.has(channel);
  const skill = variables.get('fifo_target_skill');
  return (
    (skill === undefined
      ? undefined
      : line.find((each) => each.skill === skill && isFree(each.channel), slots)) ??
    line.find(({ isVip, channel }) => isVip && isFree(channel), slots) ??
    line.find(({ channel }) => isFree(channel), slots)
  );
}

function popOrder(text: string | undefined): readonly number[] | undefined {
  const slots = text?.split(',').map((part) => Number.parseInt(part, 10) || 0);
  return slots?.filter((slot) => slot >= 0 && slot < SLOTS);
}

/** Music, if there is any, until somebody comes. @returns whether he still waits */
async function waitForSomebody({ channel, served, music }: Consumer): Promise<boolean> {
  if (music !== undefined && served.every(({ waiting }) => waiting === 0)) {
    return (await playFile(channel, music)) !== 'failed' && channel.isReady;
  }
  // members are being called for whoever is there: perhaps in vain
  await untilWithErrands(channel, () => !channel.isReady || channel.has('BREAK'), POLL_MS);
  channel.clearFlag('BREAK');
  return channel.isReady;
}

/** @returns whether he goes on */
async function serve(consumer: Consumer, caller: Channel): Promise<boolean> {
  const { channel, waits } = consumer;
  const isConnected = await connect(consumer, caller);
  if (!isConnected || !waits || !channel.isReady) return false;
  await wrapUp(consumer);
  return true;
}

async function wrapUp({ channel, name }: Consumer): Promise<void> {
  const { variables } = channel;
  const own = variables.get('fifo_consumer_wrapup_time');
  const ms = own === undefined ? WRAP_UP_MS : Number.parseInt(own, 10) || 0;
  const key = variables.get('fifo_consumer_wrapup_key');
  const sound = variables.get('fifo_consumer_wrapup_sound');
  if (ms > 0 || key !== undefined) {
    variables.set('fifo_status', 'WRAPUP');
    tell(channel, name, 'consumer_wrapup');
  }
  if (sound !== undefined) await playFile(channel, sound);
  const hasPressed = (): boolean => key !== undefined && channel.pressed.includes(key);
  if (ms > 0) await channel.until(() => !channel.isReady || hasPressed(), ms);
  variables.set('fifo_status', 'WAITING');
  if (channel.isReady) tell(channel, name, 'consumer_reentrance');
}
