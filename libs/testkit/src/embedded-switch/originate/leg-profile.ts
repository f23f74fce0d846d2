import { cloneProfile, newProfile, noTimes, type CallerProfile, type Channel } from '../core';

const NOBODY = { name: '', number: '0000000000' };

/** Who calls and whom, for a leg of a dial string (switch_ivr_originate). */
export function legProfile(
  caller: Channel | undefined,
  override: CallerProfile | undefined,
  destination: string,
  variables: ReadonlyMap<string, string>,
): CallerProfile {
  const base = override ?? caller?.profile;
  const destinationNumber = destination === '' ? 'service' : destination;
  const given = ofTheDialString(variables);
  const addressee = {
    destinationNumber,
    uuid: '',
    channelName: '',
    transferSource: '',
    calleeIdName: 'Outbound Call',
    calleeIdNumber: sanitized(destinationNumber),
    times: noTimes(),
  };
  if (base) return cloneProfile(base, { ...addressee, ...given });
  const { callerIdName = NOBODY.name, callerIdNumber = NOBODY.number } = given;
  return newProfile({
    ani: callerIdNumber,
    source: 'src/switch_ivr_originate.c',
    ...given,
    callerIdName,
    callerIdNumber,
    ...addressee,
  });
}

/** `origination_caller_id_number` and its like. */
function ofTheDialString(variables: ReadonlyMap<string, string>): Partial<CallerProfile> {
  const number = variables.get('origination_caller_id_number');
  const name = variables.get('origination_caller_id_name');
  const ani = variables.get('origination_ani');
  const privacy = variables.get('origination_privacy');
  return {
    ...(ani !== undefined && { ani }),
    ...(number !== undefined && { callerIdNumber: number }),
    ...(name !== undefined && { callerIdName: name }),
    ...(privacy !== undefined && {
      hidesName: privacy.includes('hide_name'),
      hidesNumber: privacy.includes('hide_number'),
    }),
  };
}

/** "internal/sip:1001@host:5060" is 1001 (switch_sanitize_number). */
function sanitized(destination: string): string {
  const [bare = ''] = destination.split('@', 1);
  const afterSlash = bare.slice(bare.lastIndexOf('/') + 1);
  return afterSlash.slice(afterSlash.lastIndexOf(':') + 1);
}
