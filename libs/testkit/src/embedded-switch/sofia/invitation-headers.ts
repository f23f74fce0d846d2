import type { Channel } from '../core';
import { ALLOWED_METHODS, type SipHeader } from '../sip';

const USER_AGENT = 'FreeSWITCH (embedded)';

/**
 * Headers of an INVITE of the switch: who calls, and what the dial plan adds (variables `sip_h_...`).
 *
 * @param host of the From
 * @param address of the profile
 */
export function invitationHeaders(channel: Channel, host: string, address: string): SipHeader[] {
  const { profile, variables } = channel;
  const privacy = profile.hidesNumber ? 'full' : 'off';
  const name = quotedName(profile.callerIdName);
  return [
    { name: 'User-Agent', value: USER_AGENT },
    { name: 'Allow', value: ALLOWED_METHODS },
    { name: 'Supported', value: 'path, replaces' },
    ...(profile.hidesNumber ? [{ name: 'Privacy', value: 'id' }] : []),
    ...(variables.isTrue('sip_auto_answer')
      ? [{ name: 'Call-Info', value: `<sip:${address}>;answer-after=0` }]
      : []),
    ...customHeaders(channel),
    {
      name: 'Remote-Party-ID',
      value: `${name}<sip:${profile.callerIdNumber}@${host}>;party=calling;screen=yes;privacy=${privacy}`,
    },
  ];
}

/** `"name" ` with its quotes escaped; '' for no name. */
export function quotedName(name: string): string {
  const line = name.replace(/[\u0000-\u001f\u007f]+/g, ' ');
  if (line === '') return '';
  // escapes of the caller's own quoted string are kept as they are
  return `"${line.replace(/\\(?![\\"])/g, '\\\\').replace(/(?<!\\)"/g, '\\"')}" `;
}

/** A caller's number, which may be any text, as the user of a SIP address. Remote-Party-ID has it raw, as FreeSWITCH. */
export function uriUser(number: string): string {
  return number.replace(/[^A-Za-z0-9\-_.!~*'()&=+$,;?/%]/gu, (character) => encodeURIComponent(character));
}

function customHeaders({ variables }: Channel): SipHeader[] {
  return variables
    .entries()
    .filter(([name, value]) => /^sip_h_[A-Za-z0-9-]{1,64}$/.test(name) && typeof value === 'string')
    .map(([name, value]) => ({
      name: name.slice('sip_h_'.length),
      value: String(value).replace(/[\r\n]+/g, ' '),
    }));
}
