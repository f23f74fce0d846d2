import { cloneProfile, fire, type CallerProfile, type Channel } from '../core';
import { cloneForPartner } from '../ivr';
import type { EndpointKind, NewLeg, Opened } from './new-leg';

const MOST_FORWARDS = 70;

/**
 * Makes a leg, and lets it and its caller know of each other (switch_core_session_outgoing_channel). Its thread does not
 * run yet.
 */
export async function outgoingChannel(kind: EndpointKind | undefined, leg: NewLeg): Promise<Opened> {
  const { caller } = leg;
  if (!kind) return { cause: 'CHAN_NOT_IMPLEMENTED' };
  const forwards = Number(caller?.variables.get('max_forwards') ?? MOST_FORWARDS + 1) - 1;
  if (forwards <= 0) return { cause: 'EXCHANGE_ROUTING_ERROR' };
  const opened = await kind({ ...leg, profile: withEffectiveCallerId(leg) });
  if ('cause' in opened) return opened;
  // its uuid is its own: what it dials further gets another one
  leg.variables.delete('origination_uuid');
  const { channel } = opened;
  const known = caller ?? channel.core.locate(leg.variables.get('origination_aleg_uuid') ?? '');
  if (known) connect(known, channel, forwards);
  fire(channel, 'CHANNEL_OUTGOING');
  return opened;
}

/** Who calls, as the caller's channel says it should be shown; a name or number in the dial string is stronger. */
function withEffectiveCallerId({ caller, profile, variables }: NewLeg): CallerProfile {
  if (!caller) return profile;
  const number = variables.has('origination_caller_id_number')
    ? undefined
    : caller.variables.get('effective_caller_id_number');
  const name = variables.has('origination_caller_id_name')
    ? undefined
    : caller.variables.get('effective_caller_id_name');
  const ani = caller.variables.get('effective_ani');
  return cloneProfile(profile, {
    ...(ani !== undefined && { ani }),
    ...(name !== undefined && { callerIdName: name }),
    ...(number !== undefined && { callerIdNumber: number }),
  });
}

function connect(caller: Channel, peer: Channel, forwards: number): void {
  const { variables } = peer;
  variables.set('max_forwards', String(forwards));
  const { codec } = caller.endpoint;
  variables.set(
    'originator_codec',
    codec === undefined
      ? caller.variables.get('ep_codec_string')
      : `CORE_PCM_MODULE.${codec}@8000h@20i@64000b`,
  );
  variables.set('originator', caller.uuid);
  variables.set('signal_bond', caller.uuid);
  caller.variables.set('originate_signal_bond', peer.uuid);
  const description = caller.variables.get('switch_r_sdp');
  if (description !== undefined) variables.set('switch_m_sdp', description);
  if (caller.has('PROXY_MODE')) {
    peer.setFlag('PROXY_MODE');
    peer.endpoint.partnerDescription = description ?? '';
  }
  peer.setPartnerProfile('originator', cloneForPartner(caller.profile, 'originator'));
}
