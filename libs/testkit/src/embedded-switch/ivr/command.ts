import { lookUpVariable, type Channel } from '../core';
import { stopBroadcast } from './stop-broadcast';

/** An application that a channel shall run between what it does: from the event socket, a broadcast, a feature code. */
export interface Command {
  readonly application: string;
  readonly data: string;
  /** -1 = again and again until `stopBroadcast`. */
  readonly loops?: number;
  /** Application-UUID of its events. */
  readonly uuid?: string | undefined;
  /** Nothing else that is queued runs meanwhile. */
  readonly locks?: boolean;
  /** Sound is heard for a moment before it begins (lead-frames). */
  readonly leads?: boolean;
  /** Whoever it is bridged with hears music meanwhile. */
  readonly holdsPartner?: boolean;
}

const LEAD_MS = 100;
/** A run shorter than that is not repeated: it cannot have played anything. */
const SHORTEST_RUN_MS = 500;
const PARTNER_PATIENCE_MS = 5000;

/** Lets a channel run an application as soon as it can. */
export function queueCommand(channel: Channel, command: Command): void {
  channel.queue(() => runCommand(channel, command), command.locks ?? false);
}

/** Runs it now; only the channel's own thread may (switch_ivr_parse_event). */
export async function runCommand(channel: Channel, command: Command): Promise<void> {
  if (command.leads && channel.hasMedia) await channel.until(() => !channel.isReadyOutside, LEAD_MS);
  channel.clearFlag('STOP_BROADCAST');
  const mayHold = channel.has('BRIDGED') && !channel.has('HOLD_BLEG');
  // inside of another one it leaves the mark to that one
  const isInner = !mayHold && channel.has('BROADCAST');
  channel.setFlag('BROADCAST');
  const held = command.holdsPartner && mayHold ? await holdPartner(channel) : undefined;
  await repeat(channel, command);
  if (held) await releasePartner(channel, held);
  if (!isInner || channel.has('STOP_BROADCAST')) channel.clearFlag('BROADCAST');
  channel.clearFlag('STOP_BROADCAST');
}

async function repeat(channel: Channel, { application, data, uuid, loops = 1 }: Command): Promise<void> {
  for (let run = 1; loops < 0 || run <= loops; run += 1) {
    const startedAt = performance.now();
    if (uuid !== undefined) channel.variables.set('app_uuid', uuid);
    channel.variables.set('current_loop', String(run));
    channel.variables.set('total_loops', String(loops));
    const isDone = await channel.core.execute(channel, application, data);
    const wasShort = performance.now() - startedAt < SHORTEST_RUN_MS;
    if (!isDone || wasShort || !channel.isReady || channel.has('STOP_BROADCAST')) break;
  }
  channel.variables.delete('current_loop');
  channel.variables.delete('total_loops');
}

async function holdPartner(channel: Channel): Promise<Channel | undefined> {
  const { partner } = channel;
  const music = lookUpVariable(channel, 'hold_music');
  if (!partner || music === undefined || music === 'silence') return undefined;
  channel.setFlag('HOLD_BLEG');
  queueCommand(partner, { application: 'playback', data: music, loops: -1, locks: true, leads: true });
  await partner.until(() => partner.has('BROADCAST') || !partner.isUp, PARTNER_PATIENCE_MS);
  return partner;
}

async function releasePartner(channel: Channel, partner: Channel): Promise<void> {
  channel.clearFlag('HOLD_BLEG');
  stopBroadcast(partner);
  await partner.until(() => !partner.has('BROADCAST') || !partner.isUp, PARTNER_PATIENCE_MS);
}
