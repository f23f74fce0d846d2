import type { PlannedUser } from '../dialplan-port';
import type { Channel, SwitchCore } from '../core';
import { newProfile, type CallerProfile } from '../core';
import {
  headerOf,
  parseNameAddr,
  parseUri,
  type IncomingInvite,
  type NameAddr,
  type SipRequest,
} from '../sip';
import { InboundLeg } from './inbound-leg';
import { displayName, setFromVariables, setInviteVariables } from './message-variables';
import type { ProfilePort } from './profile-port';

/** What a profile does with calls from outside. */
export interface CallPolicy {
  readonly context: string;
  readonly dialplan: string;
  /** The user that has proven to be the caller. */
  readonly user: PlannedUser | undefined;
  /** The number is in To, not in the Request-URI (gateway setting extension=auto_to_user). */
  readonly destinationInTo: boolean;
}

/** Makes a channel of an INVITE, ready to run (sofia_handle_sip_i_invite). */
export function receiveCall(
  core: SwitchCore,
  profile: ProfilePort,
  request: SipRequest,
  policy: CallPolicy,
): { channel: Channel; leg: InboundLeg; start: (invite: IncomingInvite) => void } | undefined {
  const from = parseNameAddr(headerOf(request, 'From') ?? '');
  const channel = core.create('inbound');
  if (!from || !channel) return undefined;
  const leg = new InboundLeg(channel, profile);
  channel.endpoint = leg;
  setFromVariables(channel, from);
  channel.name = `sofia/${profile.name}/${from.uri.user}@${from.uri.host}`;
  channel.variables.set('channel_name', channel.name);
  const start = (invite: IncomingInvite): void => {
    core.launch(channel);
    setUserVariables(channel, policy.user);
    setInviteVariables(channel, request, invite.flow);
    setProfileVariables(channel, profile, invite.flow.protocol);
    leg.attach(invite);
    if (!leg.isPlainMedia) channel.setFlag('PROXY_MODE');
    channel.profiles.unshift(profileOf(channel, from, request, policy));
    channel.profile.networkAddr = invite.flow.remote.address;
    channel.setState('CS_INIT');
  };
  return { channel, leg, start };
}

function setUserVariables({ variables }: Channel, user: PlannedUser | undefined): void {
  if (!user) return;
  variables.set('sip_authorized', 'true');
  variables.set('sip_number_alias', user.id);
  variables.set('sip_auth_username', user.id);
  variables.set('sip_auth_realm', user.domain);
  variables.set('number_alias', user.id);
  variables.set('requested_user_name', user.id);
  variables.set('requested_domain_name', user.domain);
  for (const [name, value] of user.variables) variables.set(name, value);
  variables.set('user_name', user.id);
  variables.set('domain_name', user.domain);
  variables.set('presence_id', `${user.id}@${user.domain}`);
}

function setProfileVariables({ variables }: Channel, profile: ProfilePort, protocol: string): void {
  variables.set('sip_local_network_addr', profile.stack.host);
  variables.set('sip_via_protocol', protocol.toLowerCase());
  variables.set('sofia_profile_name', profile.name);
  variables.set('sofia_profile_url', profile.stack.contactUri('UDP'));
  variables.set('recovery_profile_name', profile.name);
}

function profileOf(channel: Channel, from: NameAddr, request: SipRequest, policy: CallPolicy): CallerProfile {
  const caller = callerOf(from, request);
  const now = channel.core.nowUs();
  const base = newProfile({
    direction: 'inbound',
    logicalDirection: 'inbound',
    username: from.uri.user,
    dialplan: policy.dialplan,
    callerIdName: caller.name,
    callerIdNumber: caller.number,
    ani: caller.number,
    destinationNumber: destinationOf(request, policy),
    uuid: channel.uuid,
    context: policy.user?.variables.get('user_context') ?? policy.context,
    channelName: channel.name,
    profileIndex: '1',
    hidesNumber: caller.isHidden,
    hidesName: caller.isHidden,
  });
  return { ...base, times: { ...base.times, created: now, profileCreated: now } };
}

/** Who hides his number names it in P-Asserted-Identity, for the switch alone. */
function callerOf(from: NameAddr, request: SipRequest): { name: string; number: string; isHidden: boolean } {
  const asserted = parseNameAddr(headerOf(request, 'P-Asserted-Identity') ?? '');
  const privacy = headerOf(request, 'Privacy') ?? '';
  const isAnonymous = from.uri.user.toLowerCase() === 'anonymous';
  const isHidden = isAnonymous || /\b(id|user|full)\b/.test(privacy);
  const shown = isAnonymous && asserted ? asserted : from;
  const number = shown.uri.user || from.uri.user;
  return { name: displayName(shown.display) || number, number, isHidden };
}

function destinationOf(request: SipRequest, { destinationInTo }: CallPolicy): string {
  const to = parseNameAddr(headerOf(request, 'To') ?? '')?.uri;
  const uri = destinationInTo ? to : parseUri(request.uri);
  return uri?.user || 'service';
}
