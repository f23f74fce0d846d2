import { randomUUID } from 'node:crypto';
import {
  answer,
  CAUSES,
  markAnswered,
  markEarlyMedia,
  markRinging,
  parseCause,
  preAnswer,
  type Cause,
  type Channel,
} from '../core';
import { transfer } from '../ivr';
import type { Codec } from '../media';
import {
  bareUri,
  listOf,
  parseNameAddr,
  parseUri,
  headerOf,
  type Credentials,
  type Flow,
  type OutgoingInvite,
  type SipHeader,
  type SipResponse,
} from '../sip';
import { causeOfStatus } from './cause-map';
import { codecString, setAgreedMedia, setLocalMedia } from './media-variables';
import { setAnswerVariables } from './message-variables';
import { invitationHeaders, quotedName, uriUser } from './invitation-headers';
import type { ProfilePort } from './profile-port';
import { SipLeg } from './sip-leg';

/** Whom an outbound leg calls, and as whom. */
export interface Destination {
  /** Request-URI. */
  readonly uri: string;
  readonly flow: Flow;
  /** Host part of From. */
  readonly fromHost: string;
  /** In place of the caller's number, for gateways that want their own name in From. */
  readonly fromUser?: string;
  readonly credentials?: Credentials;
}

const MOST_REDIRECTS = 70;

/** A leg that the switch dials: a phone, or a number by a gateway. */
export class OutboundLeg extends SipLeg {
  protected session: OutgoingInvite | undefined;
  #isAnswered = false;
  /** The phone has sent the caller elsewhere: what ends the leg is the switch. */
  #isRedirected = false;

  constructor(
    channel: Channel,
    profile: ProfilePort,
    private readonly destination: Destination,
  ) {
    super(channel, profile);
  }

  /** Sends the INVITE. What it offers is what the caller offers, where that is known. */
  async init(): Promise<void> {
    const { channel, audio, profile } = this;
    const offer = channel.has('PROXY_MODE') ? this.partnerDescription : await this.#offer();
    if (offer === undefined) {
      channel.core.hangUp(channel, 'DESTINATION_OUT_OF_ORDER');
      return;
    }
    if (!channel.has('PROXY_MODE')) setLocalMedia(channel, audio, profile.stack.host);
    const session = this.#invite(offer);
    this.session = session;
    this.#setVariables();
    profile.adopt(session, channel);
    channel.setState('CS_ROUTING');
    session.start();
  }

  ring(): void {
    return;
  }

  progress(): Promise<boolean> {
    return Promise.resolve(true);
  }

  answer(): Promise<boolean> {
    return Promise.resolve(true);
  }

  respond(): void {
    return;
  }

  /** A REFER that sends the phone elsewhere (`deflect`). */
  redirect(target: string): void {
    void this.session?.request('REFER', [{ name: 'Refer-To', value: `<${target}>` }]);
  }

  protected end(cause: Cause, hasGotBye: boolean): void {
    const { channel, session } = this;
    if (this.#isAnswered) {
      if (!hasGotBye) channel.variables.set('sip_hangup_disposition', 'send_bye');
      session?.bye(this.reason(cause));
      return;
    }
    if (hasGotBye || (session?.isOver && !this.#isRedirected)) return;
    channel.variables.set('sip_hangup_disposition', 'send_cancel');
    channel.variables.set('sip_invite_failure_status', '487');
    channel.variables.set('sip_invite_failure_phrase', 'CANCEL');
    session?.cancel(this.reason(cause));
  }

  async #offer(): Promise<string | undefined> {
    if (!(await this.audio.open())) return undefined;
    const codecs = this.#codecs();
    this.channel.variables.set('rtp_use_codec_string', codecString(codecs));
    return this.audio.offer(codecs);
  }

  /** The caller's codecs, so that nothing has to be transcoded; all of ours for a leg without a caller. */
  #codecs(): readonly Codec[] {
    const { codecs } = this.profile;
    const wanted = this.channel.variables.get('originator_codec') ?? '';
    const common = codecs.filter((codec) => wanted.includes(codec));
    const ordered = common.sort((a, b) => wanted.indexOf(a) - wanted.indexOf(b));
    return ordered.length > 0 ? ordered : codecs;
  }

  #invite(sdp: string): OutgoingInvite {
    const { channel, profile, destination } = this;
    const { callerIdName, callerIdNumber, hidesNumber } = channel.profile;
    const user = destination.fromUser ?? (hidesNumber ? 'anonymous' : uriUser(callerIdNumber) || 'anonymous');
    const tag = randomUUID().replaceAll('-', '').slice(0, 13);
    const from = `${quotedName(hidesNumber ? 'Anonymous' : callerIdName)}<sip:${user}@${destination.fromHost}>;tag=${tag}`;
    return profile.stack.invite(
      destination.flow,
      {
        uri: destination.uri,
        from,
        to: `<${destination.uri}>`,
        callId: randomUUID(),
        sequence: 1_000_000 + Math.floor(Math.random() * 1_000_000),
        headers: invitationHeaders(channel, destination.fromHost, profile.stack.host),
        sdp,
        ...(destination.credentials && { credentials: destination.credentials }),
      },
      {
        progressed: (response) => void this.#progressed(response),
        accepted: (response) => void this.#accepted(response),
        refused: (response) => this.#refused(response),
      },
      this,
    );
  }

  #setVariables(): void {
    const { variables } = this.channel;
    const { stack, name } = this.profile;
    const uri = parseUri(this.destination.uri);
    variables.set('sip_outgoing_contact_uri', contactOf(this.session?.sent.headers ?? []));
    if (uri) {
      variables.set('sip_req_uri', bareUri(uri));
      variables.set('sip_to_host', uri.port === undefined ? uri.host : `${uri.host}:${uri.port}`);
    }
    variables.set('sip_from_host', this.destination.fromHost);
    variables.set('sofia_profile_name', name);
    variables.set('recovery_profile_name', name);
    variables.set('sofia_profile_url', stack.contactUri('UDP'));
  }

  async #progressed(response: SipResponse): Promise<void> {
    const { channel } = this;
    this.#learn(response);
    if (response.body !== '' && (await this.#takeMedia(response.body))) {
      await markEarlyMedia(channel);
      this.#passOn(preAnswer);
    } else if (response.status === 180) {
      await markRinging(channel);
    }
  }

  async #accepted(response: SipResponse): Promise<void> {
    const { channel } = this;
    this.#isAnswered = true;
    this.#learn(response);
    if (!channel.isUp) {
      // hung up while the answer was on its way
      this.session?.bye();
      return;
    }
    if (await this.#takeMedia(response.body)) {
      await markAnswered(channel);
      this.#passOn(answer);
    } else {
      channel.core.hangUp(channel, 'INCOMPATIBLE_DESTINATION');
    }
  }

  /** Past the switch the caller gets at once what this leg has got: there is nothing to wait for. */
  #passOn(milestone: (caller: Channel) => Promise<boolean>): void {
    const { channel } = this;
    const partner = channel.has('PROXY_MODE') ? channel.partner : undefined;
    partner?.queue(async () => {
      await milestone(partner);
    });
  }

  /** Takes the description of the phone; past the switch it is given to the other leg. */
  #takeMedia(sdp: string): Promise<boolean> {
    const { channel, audio, profile } = this;
    channel.variables.set('switch_r_sdp', sdp);
    const partner = channel.partner;
    partner?.variables.set('switch_m_sdp', sdp);
    if (channel.has('PROXY_MODE')) {
      if (partner) partner.endpoint.partnerDescription = sdp;
      return Promise.resolve(true);
    }
    if (!audio.agree(sdp, profile.codecs)) return Promise.resolve(false);
    channel.variables.set('ep_codec_string', codecString(audio.remote?.codecs ?? []));
    setAgreedMedia(channel, audio);
    return Promise.resolve(true);
  }

  #learn(response: SipResponse): void {
    const { channel, session } = this;
    if (!session) return;
    const { address } = session.flow.remote;
    channel.profile.networkAddr = address;
    if (response.status < 400) {
      // what another leg was refused with before is of no interest any more
      channel.partner?.variables.delete('sip_invite_failure_status');
      channel.partner?.variables.delete('sip_invite_failure_phrase');
    }
    setAnswerVariables(channel, response, session.sent, session.flow);
  }

  #refused(response: SipResponse): void {
    const { channel } = this;
    const { status, reason } = response;
    const { variables, partner } = channel;
    if (!channel.isUp) return;
    variables.set('sip_hangup_disposition', 'recv_refuse');
    if (status < 400) {
      void this.#redirected(response);
      return;
    }
    const why = headerOf(response, 'Reason');
    for (const leg of [channel, partner]) {
      leg?.variables.set('sip_invite_failure_status', String(status));
      leg?.variables.set('sip_invite_failure_phrase', reason);
      if (why !== undefined) leg?.variables.set('sip_reason', why);
    }
    const cause = q850Of(response) ?? causeOfStatus(status);
    variables.set('sip_term_status', String(status));
    variables.set('proto_specific_hangup_cause', `sip:${status}`);
    partner?.variables.set('sip_hangup_phrase', reason);
    variables.set('sip_term_cause', String(CAUSES[cause]));
    channel.core.hangUp(channel, cause);
  }

  /**
   * The phone sends the caller elsewhere: he is transferred there, in his own context (sofia_handle_sip_r_invite). That
   * loses callers from outside; so does FreeSWITCH.
   */
  async #redirected(response: SipResponse): Promise<void> {
    const { channel } = this;
    const partner = channel.partner;
    const contact = listOf(response, 'Contact')[0] ?? '';
    const target = parseNameAddr(contact)?.uri;
    const redirects = Number(partner?.variables.get('max_forwards') ?? MOST_REDIRECTS);
    if (!target || !partner || redirects <= 1) {
      channel.core.hangUp(channel, 'REQUESTED_CHAN_UNAVAIL');
      return;
    }
    for (const leg of [channel, partner]) {
      leg.variables.set('sip_redirected_to', contact);
      leg.variables.set('sip_redirect_contact_user_0', target.user);
      leg.variables.set('sip_redirect_contact_host_0', target.host);
    }
    this.#isRedirected = true;
    await transfer(partner, { extension: target.user });
    channel.core.hangUp(channel, 'REDIRECTION_TO_NEW_DESTINATION');
  }
}

/** A Reason with a Q.850 cause says it better than the status. */
function q850Of(response: SipResponse): Cause | undefined {
  const number = /^Q\.850\s*;\s*cause\s*=\s*(\d{1,3})/i.exec(headerOf(response, 'Reason') ?? '')?.[1];
  return number === undefined ? undefined : parseCause(number);
}

function contactOf(headers: readonly SipHeader[]): string | undefined {
  return headers.find(({ name }) => name === 'Contact')?.value;
}
