import { localTime } from '../../replay-switch/state/own-events';
import type { EventRecord } from '../../captured-calls/captured-event';
import {
  answer,
  pauseRecordings,
  resumeRecordings,
  startRecording,
  stopRecording,
  type Channel,
} from '../core';
import { bridge, cloneForPartner, playFile } from '../ivr';
import type { Consumer } from './consumer';
import { talkTime, tell } from './tell';

const PATIENCE_MS = 5000;
const FRAME_MS = 20;
/** fifo_consumer_exit_key: with it the consumer hangs up on the caller. */
const EXIT_KEY = '*';

/**
 * Connects somebody with the caller whom he has taken, until one of them goes.
 *
 * @returns false when they did not come together
 */
export async function connect(consumer: Consumer, caller: Channel): Promise<boolean> {
  const { channel, name } = consumer;
  tell(caller, name, 'caller_pop');
  tell(channel, name, 'consumer_pop', { 'FIFO-Caller-UUID': caller.uuid });
  const announce = caller.variables.get('fifo_override_announce') ?? consumer.announce;
  if (announce !== undefined && (await playFile(channel, announce)) === 'failed') return false;
  caller.hold();
  try {
    if (!(await callOut(consumer, caller))) return false;
    await answer(channel);
    introduce(channel, caller);
    await talk(consumer, caller);
    return true;
  } finally {
    caller.release();
  }
}

/** The caller leaves the line. @returns false when it was the consumer who has gone: the caller goes to its head */
async function callOut({ lines, channel }: Consumer, caller: Channel): Promise<boolean> {
  const { variables } = caller;
  variables.set('fifo_serviced_by', channel.variables.get('fifo_consumer_id') ?? channel.uuid);
  variables.set('fifo_serviced_uuid', channel.uuid);
  caller.setFlag('BREAK');
  const hasLeft = (): boolean => !lines.inLine.has(caller) || !caller.isUp;
  await channel.until(() => hasLeft() || !channel.isReady, undefined, [caller]);
  const hasArrived = (): boolean => caller.runningState === 'CS_HIBERNATE' || !caller.isUp;
  await channel.until(hasArrived, PATIENCE_MS, [caller]);
  if (channel.isReady) return true;
  const [application, data = ''] = [
    variables.get('current_application'),
    variables.get('current_application_data'),
  ];
  if (caller.isUp && application !== undefined) {
    variables.set('fifo_vip', 'true');
    caller.plan = [{ application, data }];
    caller.setState('CS_EXECUTE');
  }
  return false;
}

/** New profiles, with one another in them: the caller is seen as called by the consumer from now on. */
function introduce(consumer: Channel, caller: Channel): void {
  if (caller.direction === 'inbound' && !caller.has('BLEG')) caller.setFlag('BLEG');
  consumer.stepProfile();
  caller.stepProfile();
  caller.setPartnerProfile('originator', cloneForPartner(consumer.profile, 'originator'));
  consumer.setPartnerProfile('originatee', cloneForPartner(caller.profile, 'originatee'));
  const [own, his] = [consumer.profile, caller.profile];
  own.calleeIdName = his.calleeIdName;
  own.calleeIdNumber = his.calleeIdNumber;
  his.calleeIdName = his.callerIdName;
  his.calleeIdNumber = his.callerIdNumber;
  his.callerIdName = own.callerIdName;
  his.callerIdNumber = own.callerIdNumber;
}

async function talk(consumer: Consumer, caller: Channel): Promise<void> {
  const { lines, channel, name, memberId } = consumer;
  const startedAt = begin(consumer, caller);
  const [own, his] = [channel.profile, caller.profile];
  const recording = channel.variables.get('fifo_record_template');
  const path = recording === undefined ? undefined : caller.core.expand(caller, recording);
  if (path !== undefined) startRecording(channel, path);
  for (const leg of [channel, caller]) resumeRecordings(leg);
  if (memberId !== undefined) takeUp(consumer, memberId);
  tell(channel, name, 'channel-consumer-start', {
    'FIFO-Type': 'onhook',
    ...consumer.identity,
    ...memberHeaders(consumer),
  });
  tell(channel, name, 'bridge-consumer-start', memberHeaders(consumer));
  tell(caller, name, 'bridge-caller-start');
  bond(consumer, caller);
  await bridge(channel, caller, (digit) => isExit(channel, caller, digit));
  // the consumer's thread sees the end a frame later: by then a caller who has hung up is through with it
  await caller.until(() => caller.isUp || caller.state === 'CS_DESTROY', FRAME_MS);
  for (const leg of [channel, caller]) if (leg.has('TRANSFER') && leg.isUp) forgetRole(caller);
  if (memberId !== undefined) putDown(consumer, memberId);
  tell(channel, name, 'channel-consumer-stop', {
    'FIFO-Type': 'onhook',
    ...memberHeaders(consumer),
    ...talkTime('Consumer', channel, own),
  });
  for (const leg of [channel, caller]) lines.talking.delete(leg.uuid);
  tell(channel, name, 'bridge-consumer-stop', memberHeaders(consumer));
  tell(caller, name, 'bridge-caller-stop', talkTime('Caller', caller, his));
  finish(channel, caller, startedAt);
  if (channel.isReady) pauseRecordings(channel);
  if (path !== undefined) stopRecording(channel, path, 'success-maxtime');
}

/** @returns the epoch second of the beginning */
function begin({ channel }: Consumer, caller: Channel): number {
  const now = channel.core.clock.now();
  const startedAt = Math.floor(now / 1000);
  for (const [leg, other, role] of [
    [channel, caller, 'consumer'],
    [caller, channel, 'caller'],
  ] as const) {
    leg.variables.set('fifo_status', 'TALKING');
    leg.variables.set('fifo_target', other.uuid);
    leg.variables.set('fifo_timestamp', localTime(now));
    leg.variables.set('fifo_epoch_start_bridge', String(startedAt));
    leg.variables.set('fifo_role', role);
  }
  return startedAt;
}

function bond({ lines, channel }: Consumer, caller: Channel): void {
  for (const [leg, other, role] of [
    [channel, caller, 'consumer'],
    [caller, channel, 'caller'],
  ] as const) {
    lines.talking.add(leg.uuid);
    leg.variables.set('signal_bond', other.uuid);
    leg.variables.set('fifo_initiated_bridge', 'true');
    leg.variables.set('fifo_bridge_role', role);
  }
}

function forgetRole({ variables }: Channel): void {
  variables.delete('fifo_initiated_bridge');
  variables.delete('fifo_bridge_role');
}

function finish(channel: Channel, caller: Channel, startedAt: number): void {
  const now = channel.core.clock.now();
  const stoppedAt = Math.floor(now / 1000);
  for (const [{ variables }, status] of [
    [channel, 'WAITING'],
    [caller, 'DONE'],
  ] as const) {
    variables.set('fifo_epoch_stop_bridge', String(stoppedAt));
    variables.set('fifo_bridge_seconds', String(stoppedAt - startedAt));
    variables.set('fifo_status', status);
    variables.set('fifo_timestamp', localTime(now));
  }
}

function isExit(channel: Channel, caller: Channel, digit: string): boolean {
  if (digit !== (channel.variables.get('fifo_consumer_exit_key') ?? EXIT_KEY)[0]) return false;
  caller.core.hangUp(caller, 'NORMAL_CLEARING');
  return true;
}

/** A member's other phones stop ringing; he is busy. */
function takeUp({ lines }: Consumer, id: string): void {
  lines.ringing.get(id)?.callOff('ORIGINATOR_CANCEL');
  lines.talking.add(id);
  lines.use(id, 1);
  for (const member of lines.members(id)) member.beginTalk();
}

function putDown({ lines, channel }: Consumer, id: string): void {
  lines.talking.delete(id);
  lines.use(id, -1);
  const now = Math.floor(channel.core.clock.now() / 1000);
  for (const member of lines.members(id)) {
    member.answered += 1;
    member.endTalk(now);
  }
}

function memberHeaders({ lines, memberId }: Consumer): EventRecord {
  if (memberId === undefined) return {};
  return {
    'FIFO-Consumer-Outbound-ID': memberId,
    'FIFO-Consumer-Use-Count': String(lines.uses(memberId)),
  };
}
