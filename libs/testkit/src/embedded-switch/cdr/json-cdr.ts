import { stateNumber, type CallerProfile, type Channel } from '../core';
import { urlEncode } from './url-encode';

/** A call detail record of one leg, in the order of a real one. */
export type JsonCdr = Readonly<Record<string, unknown>>;

/**
 * What mod_json_cdr tells of a leg that has ended (switch_ivr_generate_json_cdr). Values of variables are URL-encoded, those
 * of the call flow are not. Left out: flags, caps, statistics of media, and the extensions of the dial plan.
 */
export function jsonCdr(channel: Channel, identity: { coreUuid: string; switchName: string }): JsonCdr {
  const { state, direction, appLog, profiles } = channel;
  return {
    'core-uuid': identity.coreUuid,
    switchname: identity.switchName,
    channel_data: { state, direction, state_number: String(stateNumber(state)) },
    callStats: {},
    variables: variablesOf(channel),
    ...(appLog.length > 0 && { app_log: { applications: applicationsOf(channel) } }),
    callflow: profiles.map(flowOf),
  };
}

function variablesOf({ variables }: Channel): Record<string, string> {
  return Object.fromEntries(
    variables.entries().map(([name, value]) => {
      return [name, urlEncode(typeof value === 'string' ? value : `ARRAY::${value.join('|:')}`)];
    }),
  );
}

function applicationsOf({ appLog }: Channel): Record<string, string>[] {
  return appLog.map(({ application, data, stamp }) => ({
    app_name: application,
    app_data: data,
    app_stamp: String(stamp),
  }));
}

/** One caller profile: a transfer begins a new one, the newest comes first. */
function flowOf(profile: CallerProfile): Record<string, unknown> {
  const { dialplan, profileIndex, originator, originatee, times } = profile;
  return {
    ...(dialplan !== '' && { dialplan }),
    ...(profileIndex !== '' && { profile_index: profileIndex }),
    caller_profile: {
      ...partiesOf(profile),
      ...(originator && { originator: { originator_caller_profiles: [partiesOf(originator)] } }),
      ...(originatee && { originatee: { originatee_caller_profiles: [partiesOf(originatee)] } }),
    },
    times: {
      created_time: String(times.created),
      profile_created_time: String(times.profileCreated),
      progress_time: String(times.progress),
      progress_media_time: String(times.progressMedia),
      answered_time: String(times.answered),
      bridged_time: String(times.bridged),
      last_hold_time: String(times.lastHold),
      hold_accum_time: String(times.holdAccum),
      hangup_time: String(times.hungup),
      resurrect_time: '0',
      transfer_time: String(times.transferred),
    },
  };
}

function partiesOf(profile: CallerProfile): Record<string, string> {
  return {
    username: profile.username,
    dialplan: profile.dialplan,
    caller_id_name: profile.callerIdName,
    ani: profile.ani,
    aniii: '',
    caller_id_number: profile.callerIdNumber,
    network_addr: profile.networkAddr,
    rdnis: profile.rdnis,
    destination_number: profile.destinationNumber,
    uuid: profile.uuid,
    source: profile.source,
    context: profile.context,
    chan_name: profile.channelName,
  };
}
