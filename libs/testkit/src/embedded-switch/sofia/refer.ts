import { moveRecordings, type Channel } from '../core';
import { transfer, uuidBridge } from '../ivr';
import {
  decode,
  headerOf,
  parseNameAddr,
  parseParams,
  parseUri,
  sequenceOf,
  type InviteSession,
  type ServerTransaction,
  type SipUri,
} from '../sip';
import type { ProfilePort } from './profile-port';

/**
 * A phone transfers its call (sofia_handle_sip_i_refer): blind, or with Replaces to the call that it has with somebody
 * else. It is told with a NOTIFY how that went.
 */
export async function receiveRefer(
  transaction: ServerTransaction,
  session: InviteSession,
  channel: Channel,
  profile: ProfilePort,
): Promise<void> {
  const { request } = transaction;
  const referTo = headerOf(request, 'Refer-To') ?? '';
  const target = parseNameAddr(referTo)?.uri ?? parseUri(referTo);
  if (!profile.allowsTransfer || !target) {
    transaction.respond(target ? 403 : 400);
    return;
  }
  transaction.respond(202, { headers: [profile.stack.contact(transaction.flow)] });
  channel.variables.set('transfer_disposition', 'recv_replace');
  const isDone = target.headers.has('Replaces')
    ? await attended(channel, target, profile)
    : await blind(channel, target, referTo, headerOf(request, 'Referred-By'));
  await notify(session, sequenceOf(request), isDone);
}

/** The frag is what a SIP phone makes of the outcome (RFC 3515). */
async function notify(session: InviteSession, sequence: number, isDone: boolean): Promise<void> {
  const body = `SIP/2.0 ${isDone ? '200 OK' : '403 Forbidden'}\r\n`;
  const headers = [
    { name: 'Event', value: `refer;id=${sequence}` },
    { name: 'Subscription-State', value: 'terminated;reason=noresource' },
    { name: 'Content-Type', value: 'message/sipfrag;version=2.0' },
  ];
  await session.request('NOTIFY', headers, body);
}

async function blind(
  channel: Channel,
  target: SipUri,
  referTo: string,
  referredBy: string | undefined,
): Promise<boolean> {
  const { variables, partner } = channel;
  variables.set('transfer_to', `blind:${partner?.uuid ?? target.user}`);
  variables.set('transfer_destination', `blind:${target.user}`);
  if (!partner) {
    variables.set('endpoint_disposition', 'ATTENDED_TRANSFER_ERROR');
    return false;
  }
  if (referredBy !== undefined) partner.variables.set('sip_h_Referred-By', referredBy);
  partner.variables.set('sip_refer_to', referTo);
  if (variables.isTrue('recording_follow_transfer')) moveRecordings(channel, partner);
  variables.set('endpoint_disposition', 'BLIND_TRANSFER');
  return transfer(partner, { extension: target.user });
}

async function attended(channel: Channel, target: SipUri, profile: ProfilePort): Promise<boolean> {
  const replaced = replacedBy(target, profile);
  if (!replaced) {
    channel.variables.set('endpoint_disposition', 'ATTENDED_TRANSFER_ERROR');
    return false;
  }
  channel.variables.set('refer_uuid', replaced.uuid);
  replaced.variables.set('transfer_disposition', 'replaced');
  const [ours, theirs] = [channel.partner, replaced.partner];
  if (replaced.has('ORIGINATOR') && ours) return whileRinging(replaced, ours);
  if (ours && theirs) return connect(channel, replaced, ours, theirs);
  return oneLegged(channel, replaced, ours ?? theirs);
}

/** Finds the leg that Replaces names: "call-id;to-tag=...;from-tag=..." */
function replacedBy(target: SipUri, profile: ProfilePort): Channel | undefined {
  const replaces = decode(target.headers.get('Replaces') ?? '');
  const semicolon = replaces.indexOf(';');
  const params = parseParams(semicolon < 0 ? '' : replaces.slice(semicolon));
  const callId = semicolon < 0 ? replaces : replaces.slice(0, semicolon);
  const [to = '', from = ''] = [params.get('to-tag'), params.get('from-tag')];
  // the phone names the tags as it sees them: its own may be either
  const found = profile.findSession(callId, to, from) ?? profile.findSession(callId, from, to);
  return found && profile.channelOf(found);
}

/** Both calls of the phone stand: their other ends are connected (C and D of the captures). */
async function connect(
  channel: Channel,
  replaced: Channel,
  ours: Channel,
  theirs: Channel,
): Promise<boolean> {
  theirs.variables.set('transfer_disposition', 'bridge');
  if (channel.variables.isTrue('recording_follow_transfer')) {
    ours.variables.set('transfer_disposition', 'bridge');
    moveRecordings(channel, ours);
  }
  if (replaced.variables.isTrue('recording_follow_transfer')) moveRecordings(replaced, theirs);
  channel.variables.set('transfer_to', `att:${theirs.uuid}`);
  noteTransfer(channel, ours, theirs);
  const isBridged = uuidBridge(ours, theirs);
  replaced.variables.set('endpoint_disposition', 'ATTENDED_TRANSFER');
  replaced.clearFlag('LEG_HOLDING');
  replaced.variables.set('park_timeout', '2:attended_transfer');
  replaced.setState('CS_PARK');
  await replaced.until(() => replaced.runningState === 'CS_PARK' || !replaced.isUp, 5000);
  return isBridged;
}

/** "epoch:id:att_xfer:who@where/whom@where": who transferred whom, on both ends (mark_transfer_record). */
function noteTransfer(channel: Channel, ours: Channel, theirs: Channel): void {
  const epoch = Math.floor(channel.core.clock.now() / 1000);
  for (const leg of [theirs, ours]) {
    const source = `${epoch}:${leg.profile.id}:att_xfer:${addressOf(channel)}/${addressOf(leg)}`;
    leg.profile.transferSource = source;
    leg.variables.push('transfer_history', source);
    leg.variables.set('transfer_source', source);
  }
}

function addressOf({ variables, direction }: Channel): string {
  const side = direction === 'inbound' ? 'from' : 'to';
  return `${variables.get(`sip_${side}_user`) ?? ''}@${variables.get(`sip_${side}_host`) ?? ''}`;
}

/** The phone transfers while its second call still rings: who waits is connected when it is answered. */
async function whileRinging(replaced: Channel, ours: Channel): Promise<boolean> {
  replaced.variables.set('transfer_to', `satt:${ours.uuid}`);
  replaced.variables.set('endpoint_disposition', 'ATTENDED_TRANSFER');
  replaced.clearFlag('LEG_HOLDING');
  replaced.variables.set('holding_uuid', ours.uuid);
  replaced.setFlag('XFER_ZOMBIE');
  replaced.setFlag('TRANSFER');
  return transfer(ours, { extension: 'park', dialplan: 'inline' });
}

/** One of the two calls has no other end: it goes where the other one went. */
async function oneLegged(channel: Channel, replaced: Channel, other: Channel | undefined): Promise<boolean> {
  if (!other) return false;
  const ended = other === channel.partner ? replaced : channel;
  const extension = ended.profile.destinationNumber;
  const isDone = await transfer(other, { extension });
  channel.core.hangUp(ended, 'ATTENDED_TRANSFER');
  return isDone;
}
