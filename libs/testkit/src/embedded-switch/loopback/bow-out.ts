import { cloneProfile, moveRecordings, type Channel } from '../core';
import { uuidBridge } from '../ivr';

/** Half of a pair, as it sees itself out. */
export interface Half {
  readonly channel: Channel;
  /** Whom it is connected with, if that is a leg of somebody. */
  readonly realLeg: Channel | undefined;
  hasBowedOut: boolean;
}

const PATIENCE_MS = 5000;

/**
 * Both sides talk: the legs behind the two halves are connected without them, and go on with their recordings; the halves
 * end, because nobody is left with them (channel_write_frame).
 *
 * @returns whether they are connected; false = not wanted (loopback_bowout=false), or not yet possible
 */
export function bowOut(first: Half, second: Half): boolean {
  if (hasToStay(first) || hasToStay(second)) return false;
  const [caller, called] = [first.realLeg, second.realLeg];
  if (caller) moveRecordings(first.channel, caller);
  if (called) moveRecordings(second.channel, called);
  if (!caller?.has('BRIDGED') || !called?.has('BRIDGED')) return false;
  uuidBridge(caller, called);
  leave(first, 'bridge', caller);
  leave(second, 'bridge', called);
  // nobody is with the first one any more; the second one ends with it, before it sees that it is alone too
  first.channel.clearFlag('BRIDGED');
  for (const { channel } of [first, second]) channel.core.hangUp(channel, 'NORMAL_CLEARING');
  return true;
}

function hasToStay({ channel: { variables } }: Half): boolean {
  return variables.get('loopback_bowout') !== undefined && !variables.isTrue('loopback_bowout');
}

/**
 * The dial plan of a half says that a real leg shall run it (loopback_bowout_on_execute, or the application unloop): the
 * one behind the other half takes it over as soon as it is free, at the latest after 5 s (channel_on_execute).
 */
export async function bowOutOnExecute(half: Half, other: Half): Promise<void> {
  const { channel } = half;
  const { core, plan, variables } = channel;
  const unloops = plan?.some(({ application }) => application.toLowerCase() === 'unloop');
  if (!unloops && !variables.isTrue('loopback_bowout_on_execute')) return;
  const real = other.realLeg;
  if (!real) return;
  const isFree = (): boolean => real.state === 'CS_EXCHANGE_MEDIA' && real.runningState === real.state;
  await real.until(() => isFree() || !real.isUp, PATIENCE_MS);
  core.events.fire('CUSTOM', {
    'Event-Subclass': 'loopback::bowout',
    'Resigning-UUID': channel.uuid,
    'Resigning-Peer-UUID': other.channel.uuid,
    'Acquired-UUID': real.uuid,
  });
  leave(half, 'bowout', real);
  await takeOver(channel, real);
  core.hangUp(channel, 'NORMAL_UNSPECIFIED');
}

async function takeOver(channel: Channel, real: Channel): Promise<void> {
  const { uuid, name, profiles, profile } = real;
  const own = { uuid, channelName: name, profileIndex: String(profiles.length + 1), times: profile.times };
  profiles.unshift(cloneProfile(channel.profile, own));
  // all of them, those that name the half itself too (switch_channel_caller_extension_masquerade)
  for (const [variable, value] of channel.variables.entries()) real.variables.set(variable, value);
  real.plan = [...(channel.plan ?? [])];
  real.setState('CS_RESET');
  await real.until(() => real.runningState === 'CS_RESET' || !real.isUp);
  real.setState('CS_EXECUTE');
}

function leave(half: Half, how: 'bridge' | 'bowout', real: Channel): void {
  half.hasBowedOut = true;
  half.channel.variables.set('loopback_hangup_cause', how);
  half.channel.variables.set('loopback_bowout_other_uuid', real.uuid);
}
