import { Inviter, SessionState, type Invitation } from 'sip.js';
import type { CallAudio } from '../media/call-audio';
import type { DigitTiming } from '../media/digit-sender';
import type { AudioReport } from '../media/rtp-session';
import { isDialable } from '../media/telephone-event';
import type { Sound } from '../media/tones';
import type { CallEnd } from './call-end';
import { sendInfoDigits } from './info-digits';
import { ObservedCall, type FarEnd } from './observed-call';
import { PhoneError } from './phone-error';
import type { PhoneEvent } from './phone-event';
import { replacingAddress, sendRefer } from './refer';
import { reinvite } from './reinvite';
import { ANSWER_MS, answerTo } from './within';

/** What a call needs to know of the phone it belongs to. */
export interface CallOwner {
  readonly name: string;
  /** Our own address, for Referred-By. */
  readonly address: string;
  /** What we say in a talk. */
  readonly sound: Sound;
  /** The address of a number in the phone's domain: "sip:1002@example.org". */
  addressOf(number: string): string;
  publish(event: PhoneEvent): void;
}

export interface CallParts {
  readonly owner: CallOwner;
  readonly ref: string;
  readonly far: FarEnd;
  readonly calledNumber: string;
  readonly audio: CallAudio;
}

/** How digits are dialled: as telephone-events in the sound (RFC 4733), or as INFO requests. */
export type Dialling = DigitTiming & { readonly via?: 'rtp' | 'info' };

/** Refusals that a person at a phone makes: 486 "busy" and 603 "no". */
const BUSY = 486;
const DECLINE = 603;

/**
 * One call of a phone, from its side: what can be done with it. What can be seen of it is {@link ObservedCall}.
 *
 * trying -> ringing -> talking -> ended, each step at most once, any may be left out. Holding is a property of a talk.
 * Everything here resolves when it is done, and throws {@link PhoneError} when the far end refuses or does not answer.
 */
export class PhoneCall extends ObservedCall {
  #end: CallEnd | undefined;

  constructor(
    private readonly session: Inviter | Invitation,
    private readonly parts: CallParts,
  ) {
    super(parts.ref, parts.owner.name, (event) => parts.owner.publish(event));
  }

  get far(): FarEnd {
    return this.parts.far;
  }

  get direction(): 'outgoing' | 'incoming' {
    return this.session instanceof Inviter ? 'outgoing' : 'incoming';
  }

  get calledNumber(): string {
    return this.parts.calledNumber;
  }

  get callId(): string {
    return this.session.request.callId;
  }

  /** A header of the INVITE, as it was written. */
  header(name: string): string | undefined {
    return this.session.request.getHeader(name);
  }

  get audio(): AudioReport {
    return this.parts.audio.report;
  }

  get tonesNow(): readonly number[] {
    return this.parts.audio.tonesNow;
  }

  /** Tells the caller that the phone rings (180). */
  async ring(): Promise<void> {
    await this.#progress(180, 'Ringing', false);
  }

  /** Lets the caller hear something before the answer (183 with a description). */
  async playEarly(sound: Sound): Promise<void> {
    this.parts.audio.play(sound);
    await this.#progress(183, 'Session Progress', true);
  }

  /** Takes the call. */
  async answer(): Promise<void> {
    const invitation = this.#unanswered('answered');
    if (this.state.hasEarlyMedia) this.play(this.parts.owner.sound);
    await this.#doing('answering', invitation.accept());
    if (this.session.state === SessionState.Established) this.report({ kind: 'answered', by: 'us' });
  }

  /** Refuses the call; 400 to 699. */
  async decline(statusCode = BUSY, reason?: string): Promise<void> {
    const invitation = this.#unanswered('declined');
    this.expectEnd({ how: 'refused', by: 'us', statusCode, reason });
    await this.#doing('declining', invitation.reject({ statusCode, reasonPhrase: reason }));
  }

  /** Sends the caller elsewhere (302). */
  async redirect(to: string): Promise<void> {
    const invitation = this.#unanswered('redirected');
    const extraHeaders = [`Contact: <${this.parts.owner.addressOf(to)}>`];
    this.expectEnd({ how: 'redirected', by: 'us', statusCode: 302, target: to });
    await this.#doing('redirecting', invitation.reject({ statusCode: 302, extraHeaders }));
  }

  /** Ends the call, however far it is: hangs up, gives up, or declines. Nothing to do for one that has ended. */
  async hangUp(): Promise<void> {
    if (this.end) return;
    if (this.session.state === SessionState.Established) await this.#bye();
    else if (this.session instanceof Inviter) await this.#cancel(this.session);
    else await this.decline(DECLINE);
    await this.untilEnded({ withinMs: ANSWER_MS });
  }

  /** Puts the far end on hold (re-INVITE with `sendonly`); both sides are silent then. */
  async hold(): Promise<void> {
    await this.#setHold(true);
  }

  async unhold(): Promise<void> {
    await this.#setHold(false);
  }

  /** Sends DTMF digits; resolves when the last is out. */
  async dial(digits: string, { via = 'rtp', ...timing }: Dialling = {}): Promise<void> {
    if (!isDialable(digits)) throw new PhoneError(`"${digits}" cannot be dialled: only 0-9 * # A-D can`);
    if (via === 'rtp') {
      await this.#doing(`dialling ${digits}`, this.parts.audio.dial(digits, timing));
      return;
    }
    await this.#untilConfirmed();
    await sendInfoDigits(this.session, digits);
  }

  /** Says something else from now on. */
  play(sound: Sound): void {
    this.parts.audio.play(sound);
  }

  /** Blind transfer: the far end is to call that number instead (REFER). Resolves when it is done and this call over. */
  async transfer(to: string): Promise<void> {
    await this.#refer(to, this.parts.owner.addressOf(to));
  }

  /** Attended transfer: the far ends of both calls are to talk with each other (REFER with Replaces). */
  async transferTo(other: PhoneCall): Promise<void> {
    await this.#refer(other.far.number, replacingAddress(other.session));
  }

  /** For what carries the call: how it will have ended when it does; the first one counts. */
  expectEnd(end: CallEnd): void {
    this.#end ??= end;
  }

  /** For what carries the call: it is over. */
  finish(): void {
    this.report({ kind: 'ended', end: this.#end ?? { how: 'failed', by: 'nobody', reason: 'it broke off' } });
  }

  async #progress(statusCode: number, reason: string, hasMedia: boolean): Promise<void> {
    const invitation = this.#unanswered('rung');
    await this.#doing('ringing', invitation.progress({ statusCode }));
    this.report({ kind: 'progress', by: 'us', statusCode, reason, hasMedia });
  }

  async #bye(): Promise<void> {
    this.expectEnd({ how: 'hung-up', by: 'us' });
    await answerTo(`hanging up ${this.ref}`, ({ accepted }) =>
      // However the far end answers: its talk is over.
      this.session.bye({ requestDelegate: { onAccept: accepted, onReject: accepted, onRedirect: accepted } }),
    );
  }

  async #cancel(inviter: Inviter): Promise<void> {
    this.expectEnd({ how: 'cancelled', by: 'us' });
    if (inviter.state !== SessionState.Terminating) await inviter.cancel();
  }

  /**
   * Nothing may be asked of a caller who does not know yet that we have answered: SIP.js would take his ACK for the answer
   * to it, and hang up.
   */
  async #untilConfirmed(): Promise<void> {
    if (!this.state.wasAnswered) throw new PhoneError(`${this.ref} is no talk`);
    await this.until('is confirmed', () => this.state.isConfirmed, { withinMs: ANSWER_MS });
  }

  async #setHold(isHeld: boolean): Promise<void> {
    const { audio } = this.parts;
    await this.#untilConfirmed();
    audio.isHolding = isHeld;
    try {
      await reinvite(this.session, `${isHeld ? 'holding' : 'unholding'} ${this.ref}`);
    } catch (error) {
      audio.isHolding = !isHeld;
      throw error;
    }
    this.report({ kind: isHeld ? 'held' : 'resumed', by: 'us' });
  }

  async #refer(to: string, referTo: string): Promise<void> {
    const what = `transferring ${this.ref} to ${to}`;
    await this.#untilConfirmed();
    this.report({ kind: 'transfer-sent', to });
    await sendRefer(this.session, { what, referTo, referredBy: this.parts.owner.address });
    // A switch may take the call from us before it tells how the transfer went.
    const isOver = (): boolean => (this.state.transferStatus ?? 0) >= 200 || this.end !== undefined;
    await this.until('was told how the transfer went', isOver, { withinMs: TRANSFER_MS });
    const { transferStatus = 200 } = this.state;
    if (transferStatus >= 300)
      throw new PhoneError(`${what}: refused with ${transferStatus}`, transferStatus);
    await this.hangUp();
  }

  #unanswered(done: string): Invitation {
    if (this.session instanceof Inviter)
      throw new PhoneError(`${this.ref} is outgoing and cannot be ${done}`);
    if (this.session.state !== SessionState.Initial)
      throw new PhoneError(`${this.ref} cannot be ${done}: it is ${this.session.state.toLowerCase()}`);
    return this.session;
  }

  async #doing<T>(what: string, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new PhoneError(`${what} ${this.ref}: ${why}`, undefined, { cause });
    }
  }
}

/** The target of a transfer may ring for long before anybody knows. */
const TRANSFER_MS = 60_000;
