import { decode, headerOf, type IncomingInvite } from '../sip';
import type { Cause } from '../core';
import { markEarlyMedia } from '../core';
import { parseSdp } from '../media';
import { statusOfCause } from './cause-map';
import { codecString, setAgreedMedia, setLocalMedia } from './media-variables';
import { SipLeg } from './sip-leg';

/** A leg that came in. Its media is settled when it is first needed (inbound-late-negotiation). */
export class InboundLeg extends SipLeg {
  #invite: IncomingInvite | undefined;
  #isSettled = false;

  protected get session(): IncomingInvite | undefined {
    return this.#invite;
  }

  /** The INVITE itself: the session needs its leg, and the leg its session. */
  attach(invite: IncomingInvite): void {
    this.#invite = invite;
    this.profile.adopt(invite, this.channel);
    this.#readOffer(invite.invite.body);
  }

  init(): Promise<void> {
    this.channel.setState('CS_ROUTING');
    return Promise.resolve();
  }

  ring(): void {
    this.#invite?.progress(180);
  }

  async progress(): Promise<boolean> {
    const sdp = await this.#description();
    if (sdp === undefined) return false;
    this.#invite?.progress(183, sdp);
    return true;
  }

  async answer(): Promise<boolean> {
    const { channel } = this;
    const sdp = await this.#description();
    if (sdp === undefined) return false;
    // late negotiation settles the media first and tells of it, even when the answer follows at once (ivr captures)
    if (this.profile.negotiatesLate && !channel.has('PROXY_MODE')) await markEarlyMedia(channel);
    if (!channel.isUp) return false;
    this.#invite?.accept(sdp);
    this.#learnDialog();
    return true;
  }

  respond(status: number, reason: string | undefined): void {
    this.#invite?.refuse(status, reason === undefined ? {} : { reason });
  }

  /** 302 before the answer, REFER after it. */
  redirect(target: string): void {
    if (this.channel.has('ANSWERED')) {
      void this.#invite?.request('REFER', [{ name: 'Refer-To', value: `<${target}>` }]);
    } else {
      this.#invite?.refuse(302, { headers: [{ name: 'Contact', value: `<${target}>` }] });
    }
  }

  protected end(cause: Cause, hasGotBye: boolean): void {
    const { channel } = this;
    const invite = this.#invite;
    if (channel.has('ANSWERED')) {
      if (!hasGotBye) channel.variables.set('sip_hangup_disposition', 'send_bye');
      invite?.bye(this.reason(cause));
      return;
    }
    if (hasGotBye) return;
    channel.variables.set('sip_hangup_disposition', 'send_refuse');
    invite?.refuse(this.#refusal(cause), { headers: this.reason(cause) });
  }

  /** The status of who refused on the other leg, else that of the cause (sofia_on_hangup). */
  #refusal(cause: Cause): number {
    const { variables } = this.channel;
    const specific = variables.get('last_bridge_proto_specific_hangup_cause');
    const theirs = /^sips?:(\d{3})$/.exec(specific ?? '')?.[1];
    const usesTheirs = theirs !== undefined && !variables.isTrue('sip_ignore_remote_cause');
    const status = usesTheirs ? Number(theirs) : statusOfCause(cause);
    return status >= 300 ? status : statusOfCause(cause);
  }

  #readOffer(sdp: string): void {
    const { variables } = this.channel;
    variables.set('switch_r_sdp', sdp);
    const offer = parseSdp(sdp);
    this.isPlainMedia = sdp === '' || (offer?.isPlain ?? false);
    if (this.isPlainMedia) variables.set('ep_codec_string', codecString(offer?.codecs ?? []));
    const isLate = this.profile.negotiatesLate;
    variables.set('endpoint_disposition', isLate ? 'DELAYED NEGOTIATION' : 'RECEIVED');
  }

  /** The description that goes into 183 and 200; undefined = there is no media that both can do. */
  async #description(): Promise<string | undefined> {
    const { channel, audio, profile } = this;
    if (channel.has('PROXY_MODE'))
      return this.partnerDescription === '' ? undefined : this.partnerDescription;
    if (this.#isSettled) return audio.localDescription;
    const sdp = this.#invite?.invite.body ?? '';
    if (!(await audio.open())) return undefined;
    if (sdp !== '' && !audio.agree(sdp, profile.codecs)) return undefined;
    this.#isSettled = true;
    const description = sdp === '' ? audio.offer(profile.codecs) : audio.answer();
    setAgreedMedia(channel, audio);
    setLocalMedia(channel, audio, profile.stack.host);
    return description;
  }

  #learnDialog(): void {
    const { variables } = this.channel;
    const invite = this.#invite;
    if (!invite) return;
    const to = headerOf(invite.invite, 'To') ?? '';
    variables.set('sip_to_tag', invite.localTag);
    variables.set('sip_cseq', String(Number.parseInt(headerOf(invite.invite, 'CSeq') ?? '0', 10)));
    variables.set('sip_full_to', `${decode(to)};tag=${invite.localTag}`);
  }
}
