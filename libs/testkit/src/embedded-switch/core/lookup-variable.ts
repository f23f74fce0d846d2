import type { CallerProfile } from './caller-profile';
import type { Channel } from './channel';

const OF_THE_PROFILE: Readonly<Record<string, keyof CallerProfile>> = {
  ani: 'ani',
  callee_id_name: 'calleeIdName',
  callee_id_number: 'calleeIdNumber',
  caller_id_name: 'callerIdName',
  caller_id_number: 'callerIdNumber',
  chan_name: 'channelName',
  context: 'context',
  destination_number: 'destinationNumber',
  dialplan: 'dialplan',
  direction: 'direction',
  network_addr: 'networkAddr',
  rdnis: 'rdnis',
  source: 'source',
  transfer_source: 'transferSource',
  username: 'username',
};

/** A variable as the dial plan sees it: of the channel, of its caller profile, of the whole switch. */
export function lookUpVariable(channel: Channel, name: string): string | undefined {
  const own = channel.variables.get(name);
  if (own !== undefined) return own;
  const ofTheProfile = profileField(channel, name);
  return ofTheProfile ?? channel.core.globalVariable(name);
}

/** A field of the caller profile by the name of the dial plan; undefined = there is no such field, or it is empty. */
export function profileField(channel: Channel, name: string): string | undefined {
  const field = OF_THE_PROFILE[name.toLowerCase()];
  const profile = channel.huntProfile ?? channel.profiles[0];
  if (field === undefined || profile === undefined) return undefined;
  const value = profile[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Changes a field of the caller profile (`set_profile_var`). @returns whether there is such a field */
export function setProfileField(channel: Channel, name: string, value: string): boolean {
  const field = OF_THE_PROFILE[name.toLowerCase()];
  if (field === undefined || field === 'direction') return false;
  Object.assign(channel.profile, { [field]: value });
  return true;
}
