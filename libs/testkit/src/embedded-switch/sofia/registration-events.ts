import type { SwitchCore } from '../core';
import type { PlannedUser } from '../dialplan-port';
import type { Registration } from './registration-table';

/** Tells of a phone that came or went (sofia_reg.c), with the user's variables. */
export function fireRegistration(
  core: SwitchCore,
  subclass: 'sofia::register' | 'sofia::unregister' | 'sofia::expire',
  { user, domain, profile, contactHeader, callId, flow, userAgent }: Registration,
  planned: PlannedUser,
  seconds: number,
): void {
  core.events.fire('CUSTOM', {
    'Event-Subclass': subclass,
    'profile-name': profile,
    'from-user': user,
    'from-host': domain,
    'presence-hosts': domain,
    contact: contactHeader.startsWith('<') ? `"" ${contactHeader.replace(/>.*$/, '>')}` : contactHeader,
    'call-id': callId,
    rpid: 'unknown',
    status: `Registered(${flow.protocol})`,
    expires: String(seconds),
    'to-user': user,
    'to-host': domain,
    'network-ip': flow.remote.address,
    'network-port': String(flow.remote.port),
    username: user,
    realm: domain,
    'user-agent': userAgent,
    sip_number_alias: user,
    sip_auth_username: user,
    sip_auth_realm: domain,
    number_alias: user,
    user_name: user,
    domain_name: domain,
    ...Object.fromEntries(planned.variables),
  });
}
