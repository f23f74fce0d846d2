import {
  cloneProfile,
  noTimes,
  preAnswer,
  type CallDirection,
  type CallerProfile,
  type Channel,
  type SwitchCore,
} from '../core';
import type { EndpointKind } from '../originate';
import { LoopbackLeg } from './loopback-leg';

/**
 * `loopback/EXTENSION/CONTEXT/DIALPLAN`: a leg that leads back into the dial plan (mod_loopback.c,
 * channel_outgoing_channel). Its caller gets early media at once; what is not told stays as it is with him.
 */
export function loopbackEndpoint(core: SwitchCore): EndpointKind {
  return async ({ caller, profile, variables }) => {
    if (caller) await givePath(caller);
    const channel = core.create('outbound', variables.get('origination_uuid'));
    if (!channel) return { cause: 'DESTINATION_OUT_OF_ORDER' };
    const [extension = '', context = '', dialplan = ''] = profile.destinationNumber.split('/', 3);
    describe(channel, 'a', {
      ...profile,
      destinationNumber: extension,
      context: context || profile.context || 'default',
      dialplan: dialplan || profile.dialplan || 'xml',
    });
    channel.variables.set('loopback_from_uuid', caller?.uuid);
    const codec = caller?.endpoint.codec ?? 'PCMA';
    // what stands in the dial string, and what the caller exports, counts for both
    const told = new Map(variables);
    channel.endpoint = new LoopbackLeg(channel, codec, (first) => {
      const second = makeSecond(core, channel, told);
      return (second.endpoint = new LoopbackLeg(second, codec, () => first));
    });
    return { channel };
  };
}

/** The switch has to carry the caller's sound itself, from now on. */
async function givePath(caller: Channel): Promise<void> {
  caller.clearFlag('PROXY_MODE');
  if (!caller.variables.isTrue('loopback_no_pre_answer')) await preAnswer(caller);
}

/** The half that runs the dial plan. */
function makeSecond(core: SwitchCore, first: Channel, told: ReadonlyMap<string, string>): Channel {
  const second = core.create('inbound');
  if (!second) throw new Error('a new uuid is taken');
  describe(second, 'b', first.profile);
  for (const [name, value] of told) second.variables.set(name, value);
  for (const name of first.variables.get('loopback_export')?.split(',') ?? []) {
    const value = first.variables.get(name);
    if (value !== undefined) second.variables.set(name, value);
  }
  first.variables.set('other_loopback_leg_uuid', second.uuid);
  second.variables.set('other_loopback_leg_uuid', first.uuid);
  second.variables.set('other_loopback_from_uuid', first.variables.get('loopback_from_uuid'));
  return second;
}

function describe(channel: Channel, half: 'a' | 'b', profile: CallerProfile): void {
  const direction: CallDirection = channel.direction;
  const now = channel.core.nowUs();
  channel.name = `loopback/${profile.destinationNumber}-${half}`;
  channel.variables.set('channel_name', channel.name);
  channel.state = 'CS_INIT';
  channel.profiles.unshift(
    cloneProfile(profile, {
      direction,
      logicalDirection: direction,
      uuid: channel.uuid,
      channelName: channel.name,
      source: 'mod_loopback',
      profileIndex: '1',
      times: { ...noTimes(), created: now, profileCreated: now },
    }),
  );
}
