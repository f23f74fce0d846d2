import type { Channel } from '../core';
import {
  bareUri,
  decode,
  headerOf,
  listOf,
  parseNameAddr,
  parseUri,
  parseVia,
  type Flow,
  type NameAddr,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../sip';

type Set = (name: string, value: string | undefined) => void;

/** What the INVITE of a caller tells the dial plan (sofia_handle_sip_i_invite; names and order of the captures). */
export function setInviteVariables(channel: Channel, invite: SipRequest, flow: Flow): void {
  const set = setter(channel);
  const from = parseNameAddr(headerOf(invite, 'From') ?? '');
  set('sip_call_id', headerOf(invite, 'Call-ID'));
  set('sip_network_ip', flow.remote.address);
  set('sip_network_port', String(flow.remote.port));
  set('sip_invite_stamp', String(channel.core.nowUs()));
  set('sip_received_ip', flow.remote.address);
  set('sip_received_port', String(flow.remote.port));
  set('sip_via_protocol', flow.protocol.toLowerCase());
  set('sip_from_user_stripped', from?.uri.user.replace(/^\+/, ''));
  set('sip_from_tag', from?.params.get('tag'));
  set('sip_full_via', listOf(invite, 'Via').join(','));
  set('sip_from_display', from && displayName(from.display));
  set('sip_full_from', headerOf(invite, 'From'));
  set('sip_full_to', headerOf(invite, 'To'));
  setUri(set, 'sip_req', parseUri(invite.uri));
  setUri(set, 'sip_to', parseNameAddr(headerOf(invite, 'To') ?? '')?.uri);
  setUri(set, 'sip_contact', parseNameAddr(listOf(invite, 'Contact')[0] ?? '')?.uri);
  set('sip_user_agent', headerOf(invite, 'User-Agent'));
  const via = parseVia(listOf(invite, 'Via')[0] ?? '');
  set('sip_via_host', via?.host);
  set('sip_via_port', via?.port === undefined ? undefined : String(via.port));
  set('sip_via_rport', via?.params.get('rport') || undefined);
  set('max_forwards', headerOf(invite, 'Max-Forwards') ?? '70');
  setCustomHeaders(set, invite, 'sip_h_');
}

/** From, before anything else is known: names the channel. */
export function setFromVariables(channel: Channel, from: NameAddr): void {
  setUri(setter(channel), 'sip_from', from.uri);
}

/** What the answers of a called phone tell (sofia_handle_sip_r_invite). */
export function setAnswerVariables(
  channel: Channel,
  response: SipResponse,
  invite: SipRequest,
  flow: Flow,
): void {
  const set = setter(channel);
  set('sip_reply_host', flow.remote.address);
  set('sip_reply_port', String(flow.remote.port));
  set('sip_network_ip', flow.remote.address);
  set('sip_network_port', String(flow.remote.port));
  set('sip_user_agent', headerOf(response, 'User-Agent') ?? headerOf(response, 'Server'));
  const contact = listOf(response, 'Contact')[0];
  const from = parseNameAddr(headerOf(invite, 'From') ?? '');
  const to = parseNameAddr(headerOf(response, 'To') ?? '');
  set('sip_recover_contact', contact);
  set('sip_full_via', listOf(invite, 'Via')[0]);
  set('sip_recover_via', listOf(invite, 'Via')[0]);
  set('sip_from_display', from && displayName(from.display));
  set('sip_full_from', headerOf(invite, 'From'));
  set('sip_full_to', headerOf(response, 'To'));
  setUri(set, 'sip_from', from?.uri);
  setUri(set, 'sip_to', to?.uri);
  setUri(set, 'sip_contact', parseNameAddr(contact ?? '')?.uri);
  set('sip_to_tag', to?.params.get('tag'));
  set('sip_from_tag', from?.params.get('tag'));
  set('sip_cseq', String(Number.parseInt(headerOf(invite, 'CSeq') ?? '0', 10)));
  set('sip_call_id', headerOf(invite, 'Call-ID'));
  setCustomHeaders(set, response, response.status < 200 ? 'sip_ph_' : 'sip_rh_');
}

/**
 * A display name as the SIP stack of FreeSWITCH hands it on: percent-decoded, escapes of the quoted string still in it,
 * and no "${" that the dial plan would expand (freeswitch-facts, section 12).
 */
export function displayName(display: string): string {
  return decode(display).replaceAll('${', '%{');
}

/** Headers of the sender's own (X-..., P-...) become variables. */
function setCustomHeaders(set: Set, message: SipMessage, prefix: string): void {
  for (const { name, value } of message.headers) {
    if (/^(X|P)-/.test(name) && name.length <= 64) set(`${prefix}${name}`, value.replaceAll('${', '%{'));
  }
}

function setUri(set: Set, prefix: string, uri: NameAddr['uri'] | undefined): void {
  if (!uri) return;
  set(`${prefix}_user`, uri.user);
  set(`${prefix}_port`, uri.port === undefined ? undefined : String(uri.port));
  set(`${prefix}_uri`, bareUri(uri));
  set(`${prefix}_host`, uri.host);
}

function setter({ variables }: Channel): Set {
  return (name, value) => {
    if (value !== undefined) variables.set(name, value.replaceAll('${', '%{'));
  };
}
