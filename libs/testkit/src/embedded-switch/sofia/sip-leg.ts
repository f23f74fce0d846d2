import {
  fire,
  markHold,
  setCallState,
  setLegHolding,
  type Cause,
  type Channel,
  type Endpoint,
} from '../core';
import { broadcast, press, stopBroadcast } from '../ivr';
import type { Codec, LegMedia } from '../media';
import { isHold, parseSdp } from '../media';
import {
  headerOf,
  type InviteSession,
  type ServerTransaction,
  type SessionEvents,
  type SipRequest,
} from '../sip';
import { reasonHeader } from './reason-header';
import { causeOfStatus } from './cause-map';
import { LegAudio } from './leg-audio';
import { countVariables, setAgreedMedia } from './media-variables';
import type { ProfilePort } from './profile-port';
import { receiveRefer } from './refer';

/** What both kinds of SIP leg have in common, once they are there: media, hold, keys, transfers and the end. */
export abstract class SipLeg implements Endpoint, SessionEvents {
  readonly audio: LegAudio;
  isPlainMedia = true;
  partnerDescription = '';
  #isOnHold = false;
  #hasGotBye = false;
  #displayed = '';

  constructor(
    protected readonly channel: Channel,
    protected readonly profile: ProfilePort,
  ) {
    this.audio = new LegAudio(profile.core, profile.stack.host, (digit) => press(channel, digit));
  }

  protected abstract readonly session: InviteSession | undefined;

  abstract init(): Promise<void>;
  abstract ring(): void;
  abstract progress(): Promise<boolean>;
  abstract answer(): Promise<boolean>;
  abstract respond(status: number, reason: string | undefined): void;
  abstract redirect(target: string): void;

  get media(): LegMedia {
    return this.audio.media;
  }

  get codec(): Codec | undefined {
    return this.audio.codec;
  }

  /** CALL_UPDATE; the phone itself is not told, as FreeSWITCH does not tell most phones either. */
  display(name: string, number: string): void {
    const { channel } = this;
    const displayed = `${name} <${number}>`;
    if (!channel.has('ANSWERED') || this.#displayed === displayed) return;
    this.#displayed = displayed;
    const partner = channel.partner;
    fire(channel, 'CALL_UPDATE', {
      first: {
        Direction: 'SEND',
        'Sent-Callee-ID-Name': name,
        'Sent-Callee-ID-Number': number,
        ...(partner && { 'Bridged-To': partner.uuid }),
      },
    });
    channel.variables.set('last_sent_callee_id_name', name);
    channel.variables.set('last_sent_callee_id_number', number);
  }

  /** The switch itself puts the phone on hold (`uuid_hold`). */
  hold(on: boolean): void {
    const sdp = this.audio.offer(
      this.codec ? [this.codec] : this.profile.codecs,
      on ? 'sendonly' : 'sendrecv',
    );
    void this.session?.reinvite(sdp);
    markHold(this.channel, on);
  }

  sendDtmf(digits: string): void {
    void this.audio.press(digits);
  }

  async reoffer(description: string): Promise<string | undefined> {
    const answer = await this.session?.reinvite(description);
    return answer && answer.status < 300 ? answer.body : undefined;
  }

  hangUp(cause: Cause): void {
    const { channel } = this;
    if (['PICKED_OFF', 'LOSE_RACE'].includes(cause) || channel.has('INTERCEPT')) {
      channel.variables.set('call_completed_elsewhere', 'true');
    }
    this.end(cause, this.#hasGotBye);
    this.audio.close();
  }

  closingVariables(): readonly [string, string][] {
    return countVariables(this.audio);
  }

  abandon(): void {
    this.audio.close();
  }

  /** Ends the session in the way that fits its state. */
  protected abstract end(cause: Cause, hasGotBye: boolean): void;

  protected reason(cause: Cause): { name: string; value: string }[] {
    return reasonHeader(this.channel, cause);
  }

  bye(request: SipRequest): void {
    const { channel } = this;
    const { variables } = channel;
    this.#hasGotBye = true;
    const reason = headerOf(request, 'Reason');
    if (reason !== undefined) variables.set('sip_reason', reason);
    variables.set('sip_term_status', '200');
    variables.set('proto_specific_hangup_cause', 'sip:200');
    channel.partner?.variables.set('sip_hangup_phrase', 'OK');
    variables.set('sip_term_cause', '16');
    channel.core.hangUp(channel, causeOfStatus(200));
    const agent = headerOf(request, 'User-Agent');
    if (agent !== undefined) variables.set('sip_user_agent', agent);
    variables.set('sip_hangup_disposition', 'recv_bye');
  }

  cancelled(): void {
    const { channel } = this;
    this.#hasGotBye = true;
    channel.variables.set('sip_hangup_disposition', 'recv_cancel');
    channel.variables.set('sip_invite_failure_status', '487');
    channel.variables.set('sip_invite_failure_phrase', 'CANCEL');
    channel.variables.set('sip_term_status', '487');
    channel.variables.set('proto_specific_hangup_cause', 'sip:487');
    channel.variables.set('sip_term_cause', '487');
    channel.core.hangUp(channel, 'ORIGINATOR_CANCEL');
  }

  lost(): void {
    this.channel.core.hangUp(this.channel, 'RECOVERY_ON_TIMER_EXPIRE');
  }

  reinvited(transaction: ServerTransaction): void {
    void this.#reinvited(transaction);
  }

  referred(transaction: ServerTransaction): void {
    const { session } = this;
    if (session) void receiveRefer(transaction, session, this.channel, this.profile);
    else transaction.respond(481);
  }

  other(transaction: ServerTransaction): void {
    const { method, body } = transaction.request;
    const type = headerOf(transaction.request, 'Content-Type') ?? '';
    if (method === 'INFO' && type.startsWith('application/dtmf')) {
      // "Signal=5" (dtmf-relay), or the digit alone (dtmf)
      const digit = /^\s*(?:Signal\s*=\s*)?([0-9*#A-D])/im.exec(body)?.[1];
      if (digit !== undefined) press(this.channel, digit);
    }
    transaction.respond(['INFO', 'OPTIONS', 'MESSAGE', 'NOTIFY'].includes(method) ? 200 : 405);
  }

  acknowledged(ack: SipRequest): void {
    // the INVITE had no offer: ours was in the 200, the answer is here
    if (ack.body !== '' && !this.codec && this.audio.agree(ack.body, this.profile.codecs)) {
      setAgreedMedia(this.channel, this.audio);
      this.channel.poke();
    }
  }

  async #reinvited(transaction: ServerTransaction): Promise<void> {
    const { body } = transaction.request;
    const contact = this.profile.stack.contact(transaction.flow);
    const answer = await this.#answerTo(body);
    if (answer === undefined) transaction.respond(488);
    else {
      const type = answer === '' ? [] : [{ name: 'Content-Type', value: 'application/sdp' }];
      transaction.respond(200, { headers: [contact, ...type], body: answer });
    }
  }

  /** The answer to a new offer; '' = without media, undefined = not acceptable. */
  async #answerTo(sdp: string): Promise<string | undefined> {
    if (this.channel.has('PROXY_MODE')) {
      const answer = await this.channel.partner?.endpoint.reoffer(sdp);
      if (answer !== undefined) this.#noteHold(sdp, (on) => setLegHolding(this.channel, on));
      return answer;
    }
    if (sdp === '') return this.audio.offer(this.codec ? [this.codec] : this.profile.codecs);
    if (!this.audio.agree(sdp, this.profile.codecs)) return undefined;
    setAgreedMedia(this.channel, this.audio);
    this.#noteHold(sdp, (on) => this.#toggleHold(on));
    return this.audio.answer();
  }

  #noteHold(sdp: string, change: (on: boolean) => void): void {
    const remote = parseSdp(sdp);
    const on = remote !== undefined && isHold(remote);
    if (on === this.#isOnHold) return;
    this.#isOnHold = on;
    change(on);
  }

  /** The other side hears music while the phone holds (switch_core_media_toggle_hold). */
  #toggleHold(on: boolean): void {
    const { channel } = this;
    const partner = channel.partner;
    if (on) {
      if (!channel.has('ANSWERED')) return;
      markHold(channel, true);
      const music = channel.variables.get('hold_music') ?? this.profile.holdMusic;
      if (partner && music !== 'silence') broadcast(partner, music, { loop: true });
      return;
    }
    void this.#takeBack(partner);
  }

  async #takeBack(partner: Channel | undefined): Promise<void> {
    const { channel } = this;
    if (partner) {
      stopBroadcast(partner);
      await partner.until(() => !partner.has('BROADCAST') || !partner.isUp, 5000);
    }
    markHold(channel, false);
    if (channel.isUp && channel.has('BRIDGED') && channel.callState === 'UNHELD') {
      setCallState(channel, 'ACTIVE');
    }
  }
}
