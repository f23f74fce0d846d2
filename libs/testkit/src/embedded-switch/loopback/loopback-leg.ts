import { isTrue, markAnswered, markEarlyMedia, markRinging, type Channel, type Endpoint } from '../core';
import { press, transfer } from '../ivr';
import { LegMedia, type Codec, type Frame } from '../media';
import { bowOut, bowOutOnExecute, type Half } from './bow-out';

/** Two seconds of talk, in frames of the caller: then the pair has had its time (bowout_frame_count). */
const FRAMES_BEFORE_BOW_OUT = 100;
const MOST_PAIRS = 70;

/**
 * Half of a loopback (mod_loopback.c). The outbound one (loopback/...-a) is what its caller has dialled; the inbound one
 * (loopback/...-b) goes through the dial plan, and what it does to its own caller, the outbound one tells of itself: it
 * rings, it can be heard, it has answered. What one is played, the other has heard.
 */
export class LoopbackLeg implements Endpoint, Half {
  readonly media: LegMedia;
  readonly isPlainMedia = true;
  partnerDescription = '';
  hasBowedOut = false;
  #other: LoopbackLeg | undefined;
  #isLinked = true;
  #framesLeft = FRAMES_BEFORE_BOW_OUT;

  /** @param findOther asked when the channel begins: the first half makes the second one then */
  constructor(
    readonly channel: Channel,
    readonly codec: Codec,
    private readonly findOther: (first: LoopbackLeg) => LoopbackLeg,
  ) {
    this.media = new LegMedia((frame) => this.#pass(frame));
    this.media.codec = codec;
  }

  /** Whom this half is connected with, through other pairs; one that must not bow out counts as a real leg. */
  get realLeg(): Channel | undefined {
    let at = this.channel.partner;
    for (let pairs = 0; at && pairs < MOST_PAIRS; pairs += 1) {
      const { endpoint, variables } = at;
      if (!(endpoint instanceof LoopbackLeg)) return at;
      const wish = variables.get('loopback_bowout');
      if (wish !== undefined && !isTrue(wish)) return at;
      at = endpoint.#other?.channel.partner;
    }
    return undefined;
  }

  init(): Promise<void> {
    const { channel } = this;
    this.#other = this.findOther(this);
    channel.variables.set('loopback_leg', this.#isFirst ? 'A' : 'B');
    channel.setState('CS_ROUTING');
    if (this.#isFirst) channel.core.launch(this.#other.channel);
    return Promise.resolve();
  }

  async executing(): Promise<void> {
    if (this.#other) await bowOutOnExecute(this, this.#other);
  }

  ring(): void {
    const { channel } = this;
    this.#tellFirst(markRinging).catch((error: unknown) => channel.core.failed(error));
  }

  async progress(): Promise<boolean> {
    await this.#tellFirst(markEarlyMedia);
    return true;
  }

  async answer(): Promise<boolean> {
    await this.#tellFirst(markAnswered);
    return true;
  }

  /** The other half ends with the same cause. */
  hangUp(): void {
    const { channel } = this;
    const other = this.#other;
    channel.variables.set('is_loopback', '1');
    this.#isLinked = false;
    if (!other) return;
    other.#isLinked = false;
    channel.core.hangUp(other.channel, channel.hangupCause ?? 'NORMAL_CLEARING');
  }

  /** Whoever is behind the other half is told. */
  display(name: string, number: string): void {
    const other = this.#other?.channel;
    if (!other) return;
    const { ownProfile } = other;
    if (this.#isFirst) Object.assign(ownProfile, { calleeIdName: name, calleeIdNumber: number });
    else Object.assign(ownProfile, { callerIdName: name, callerIdNumber: number });
    other.partner?.endpoint.display(name, number);
  }

  sendDtmf(digits: string): void {
    const other = this.#other?.channel;
    if (other) for (const digit of digits) press(other, digit);
  }

  /** `deflect` sends whoever is behind the other half elsewhere: "extension context dialplan". */
  redirect(target: string): void {
    const behind = this.#other?.channel.partner;
    const [extension = '', context, dialplan] = target.split(' ');
    if (behind) void transfer(behind, { extension, context, dialplan });
  }

  reoffer(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  closingVariables(): readonly [string, string][] {
    return [];
  }

  hold(): void {
    return;
  }

  respond(): void {
    return;
  }

  abandon(): void {
    this.#isLinked = false;
  }

  get #isFirst(): boolean {
    return this.channel.direction === 'outbound';
  }

  async #tellFirst(milestone: (first: Channel) => Promise<void>): Promise<void> {
    if (!this.#isFirst && this.#other) await milestone(this.#other.channel);
  }

  #pass(frame: Frame): void {
    const other = this.#other;
    if (!other || !this.#isLinked || this.hasBowedOut) return;
    if (this.#isTalkOver(other) && bowOut(this, other)) return;
    other.media.hear(frame);
  }

  /** Whether the time is over in which the pair is needed; only talk counts. */
  #isTalkOver(other: LoopbackLeg): boolean {
    if (!this.#isFirst) return false;
    const talks = [this, other].every(({ channel }) => channel.has('BRIDGED') && channel.has('ANSWERED'));
    if (talks) this.#framesLeft -= 1;
    return talks && this.#framesLeft <= 0;
  }
}
