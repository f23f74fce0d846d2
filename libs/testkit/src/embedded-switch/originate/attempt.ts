import { ringReady, Signal, turn, until, type Cause, type Channel } from '../core';
import { dequeueDtmf, passCalleeId, runErrands } from '../ivr';
import { isElsewhere, type DialingLeg } from './dialing-leg';
import { askToConfirm, forgetConfirmation } from './group-confirm';
import { checkLegTimeouts } from './leg-timeouts';
import type { OriginateOptions } from './originate-options';
import { Ringback, ringbackOf } from './ringback';

/** How an attempt ended, before it is seen to. */
export type Verdict =
  | { readonly kind: 'winner'; readonly leg: DialingLeg }
  /** Nobody is left. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'timeout' }
  /** The caller has gone. */
  | { readonly kind: 'cancelled' }
  /** The caller has pressed the key that calls it off. */
  | { readonly kind: 'key' }
  /** The caller could not be given media. */
  | { readonly kind: 'failed' };

/** Legs that are dialled at the same time: waits for the first one to answer (switch_ivr_originate, its loop). */
export class Attempt {
  /** Counts for all of them in the place of their own causes. */
  forcedCause: Cause | undefined;
  readonly #startedAt: number;
  readonly #ringback: Ringback | undefined;
  readonly #cancelKey: string | undefined;
  #hasPassedRing = false;
  #hasProgress = false;
  #isRinging = false;

  constructor(
    readonly caller: Channel | undefined,
    readonly legs: readonly DialingLeg[],
    private readonly options: OriginateOptions,
    private readonly calledOff: () => Cause | undefined,
    private readonly clock: { now(): number },
  ) {
    const sound = caller && ringbackOf(caller);
    this.#ringback = caller && sound !== undefined ? new Ringback(caller, sound) : undefined;
    this.#cancelKey = caller?.variables.get('origination_cancel_key');
    this.#startedAt = Math.floor(clock.now() / 1000);
  }

  /**
   * Waits until it is known how this ends.
   *
   * @param callingOff is given when it may have been called off; without it that is looked at once a second
   */
  async run(callingOff = new Signal()): Promise<Verdict> {
    const news = { isThere: true };
    const channels = [this.caller, ...this.legs.map(({ channel }) => channel)];
    const changed = new Signal();
    const stops = [callingOff, ...channels.map((channel) => channel?.signal)].map((signal) =>
      signal?.on(() => {
        news.isThere = true;
        changed.notify();
      }),
    );
    try {
      for (;;) {
        news.isThere = false;
        const verdict = await this.#look();
        if (verdict) return verdict;
        await until([changed], () => news.isThere, this.#msToNextSecond());
        // who has changed finishes first what belongs to the change
        await turn();
      }
    } finally {
      stops.forEach((stop) => stop?.());
      this.#ringback?.stop();
    }
  }

  get #elapsed(): number {
    return Math.floor(this.clock.now() / 1000) - this.#startedAt;
  }

  #msToNextSecond(): number {
    return 1001 - (this.clock.now() % 1000);
  }

  async #look(): Promise<Verdict | undefined> {
    const { caller } = this;
    if (caller && !caller.has('PROXY_MODE') && caller.isUp) await runErrands(caller);
    if (caller && !caller.isReady && !caller.has('XFER_ZOMBIE')) return { kind: 'cancelled' };
    const seen = await this.#lookAtLegs();
    if (seen) return seen;
    const cause = this.calledOff();
    if (cause) {
      this.forcedCause ??= cause;
      return { kind: 'cancelled' };
    }
    if (this.#isOverdue()) return { kind: 'timeout' };
    if (caller?.isUp && this.#hasBeenCalledOffByKey(caller)) return { kind: 'key' };
    return (await this.#ringBack()) ? undefined : { kind: 'failed' };
  }

  #isOverdue(): boolean {
    const { timeoutSeconds, progressSeconds, fatal } = this.options;
    // a process that has slept sees what it would have seen awake: the end of the attempt, and nothing after it
    const elapsed = Math.min(this.#elapsed, timeoutSeconds);
    if (checkLegTimeouts(this.legs, elapsed)) this.forcedCause = 'PROGRESS_TIMEOUT';
    if (!this.#hasPassedRing && !this.#hasProgress && elapsed > progressSeconds) {
      this.forcedCause ??= 'PROGRESS_TIMEOUT';
      return true;
    }
    return elapsed >= timeoutSeconds || (fatal !== undefined && this.#hasFatalRefusal(fatal));
  }

  #hasFatalRefusal(fatal: string): boolean {
    const causes = this.legs.flatMap(({ session }) => session.hangupCause ?? []);
    return causes.some((cause) => fatal === 'true' || fatal.split(',').includes(cause));
  }

  #hasBeenCalledOffByKey(caller: Channel): boolean {
    if (this.#cancelKey === undefined || caller.pressed.length === 0) return false;
    return dequeueDtmf(caller) === this.#cancelKey[0];
  }

  async #lookAtLegs(): Promise<Verdict | undefined> {
    const required = this.legs.find(({ isRequired, session }) => isRequired && !session.isUp);
    if (required) {
      const cause = required.session.hangupCause ?? 'NORMAL_CLEARING';
      for (const { session } of this.legs) session.core.hangUp(session, cause);
      return { kind: 'nobody' };
    }
    let gone = 0;
    for (const leg of this.legs) {
      const { channel } = leg;
      if (!channel || !channel.isUp || isElsewhere(channel) || !channel.has('ORIGINATING')) gone += 1;
      if (!channel) continue;
      await this.#noteRinging(channel);
      await this.#noteEarlyMedia(leg, channel);
      this.#noteEarlyOk(channel);
      if (this.#hasWon(leg, channel)) return { kind: 'winner', leg };
    }
    return gone === this.legs.length ? { kind: 'nobody' } : undefined;
  }

  #hasWon(leg: DialingLeg, channel: Channel): boolean {
    if (!leg.isEligible || !channel.isUp) return false;
    if (channel.has('WINNER')) {
      forgetConfirmation(channel);
      return true;
    }
    const { earlyOk, returnsAtRinging, confirmKey } = this.options;
    const isThere =
      channel.has('ANSWERED') ||
      (earlyOk && channel.has('EARLY_MEDIA')) ||
      (returnsAtRinging && this.#isRinging && this.legs.length === 1 && channel.has('RING_READY'));
    if (!isThere || channel.has('TAGGED')) return false;
    if (confirmKey === undefined && channel.variables.get('group_confirm_key') === undefined) return true;
    this.#extend(leg, channel);
    channel.setFlag('TAGGED');
    askToConfirm(channel, this.options).catch((error: unknown) => channel.core.failed(error));
    return false;
  }

  /** Who is being asked may take longer (group_confirm_timeout; 0 = as long as he likes). */
  #extend(leg: DialingLeg, { variables }: Channel): void {
    const own = variables.get('group_confirm_timeout');
    const seconds = own === undefined ? this.options.confirmSeconds : Number(own);
    if (seconds === undefined || Number.isNaN(seconds)) return;
    leg.timeoutSeconds = leg.progressSeconds = seconds === 0 ? 0 : this.#elapsed + seconds;
  }

  async #noteRinging(channel: Channel): Promise<void> {
    if (!channel.has('RING_READY') || this.#isRinging) return;
    this.#isRinging = true;
    if (this.#ringback || this.options.ignoresRinging) return;
    await this.#passRing(channel);
  }

  async #noteEarlyMedia(leg: DialingLeg, channel: Channel): Promise<void> {
    if (!channel.has('EARLY_MEDIA')) return;
    const ringsInstead =
      !this.#hasPassedRing && this.options.ignoresEarlyMedia === 'ring-ready' && this.legs.length === 1;
    if (ringsInstead && !this.#ringback && !this.options.ignoresRinging) await this.#passRing(channel);
    leg.hasEarlyMedia = true;
    this.#hasProgress = true;
    this.#isRinging ||= !this.options.ignoresRinging;
  }

  /** The caller hears it ring as well: 180. */
  async #passRing(channel: Channel): Promise<void> {
    const { caller } = this;
    if (!caller || caller.has('XFER_ZOMBIE')) return;
    if (this.legs.length === 1) passCalleeId(channel, caller);
    await ringReady(caller);
    this.#hasPassedRing = true;
  }

  #noteEarlyOk(channel: Channel): void {
    for (const each of [channel, this.caller]) {
      if (!each?.has('EARLY_OK')) continue;
      this.options.earlyOk = true;
      each.clearFlag('EARLY_OK');
    }
  }

  async #ringBack(): Promise<boolean> {
    if (!this.#ringback || !this.caller?.isUp) return true;
    if (!this.#isRinging && !this.options.ringsAtOnce) return true;
    return this.#ringback.start();
  }
}
