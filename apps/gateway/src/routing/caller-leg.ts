import type { RouteDestination } from '@app/calls';
import { EslConnectionLostError, type EslEvent, type HandedChannel } from '@app/esl';
import { dialNumber, dialPeople } from './dial-string';

/** How a ring ended. */
export type RingEnd =
  | { readonly kind: 'answered' }
  /** The ring was called off and the caller is still there: a colleague picked him up, or a phone sent him on (302). */
  | { readonly kind: 'taken' }
  /** `cause`: of the switch, why nobody was reached. */
  | { readonly kind: 'unanswered'; readonly cause: string | undefined };

/** How long the switch lets us think where the dial plan does not say it (CONNECTOR_ROUTE_SECONDS), s. */
const USUAL_GRACE = 5;
/** The extension of the dial plan that goes on without us. */
const FALLBACK = 'fallback XML routed';

/**
 * The caller's channel while we decide for it: everything that routing does on the switch. Before each thing that takes
 * time the watchdog of the dial plan is set anew, so that a frozen connector costs the caller seconds and not his call.
 */
export class CallerLeg {
  private hasMusic = false;

  constructor(
    private readonly channel: HandedChannel,
    /** A file or stream for who waits. */
    private readonly music: string | undefined,
  ) {}

  /** Whether the watchdog has left him to us, asked from the switch: we may have slept. Throws EslError. */
  async isOurs(): Promise<boolean> {
    return (await this.channel.variable('connector_route')) === 'asked';
  }

  /** Sets the watchdog anew: in `seconds` and some more the dial plan goes on by itself. Throws EslError. */
  async watch(seconds: number): Promise<void> {
    await this.channel.start('sched_cancel');
    await this.channel.start('sched_transfer', `+${seconds + this.grace} ${FALLBACK}`);
  }

  /** Rings phones of the company. Throws EslError; EslConnectionLostError when the caller hangs up. */
  async ringPeople(
    extensions: readonly string[],
    contacts: readonly string[],
    seconds: number,
  ): Promise<RingEnd> {
    // For pickup.
    for (const extension of extensions)
      await this.channel.start('hash', `insert/connector_call/${extension}/${this.channel.uuid}`);
    return this.ring(dialPeople(contacts, seconds), seconds);
  }

  /** Rings a number outside, over the gateway that the dial plan has chosen for the line. Throws EslError, RangeError. */
  async ringNumber(number: string, seconds: number): Promise<RingEnd> {
    const gateway = this.channel.data.variable('connector_gateway') ?? '';
    const dialString = dialNumber(number, gateway, seconds);
    const callerId = this.channel.data.variable('connector_caller_id');
    if (callerId !== undefined) await this.channel.start('set', `effective_caller_id_number=${callerId}`);
    return this.ring(dialString, seconds);
  }

  /** Plays music until `stopMusic`; it goes on while phones ring later. Does nothing while it plays. Throws EslError. */
  async playMusic(answersFirst: boolean): Promise<void> {
    if (this.hasMusic) return;
    this.hasMusic = true;
    const music = this.music ?? `\${hold_music}`;
    if (answersFirst) await this.channel.start('answer');
    await this.channel.start('set', `ringback=${music}`);
    await this.channel.start('set', `transfer_ringback=${music}`);
    void this.keepPlaying(music);
  }

  /** Plays a file into the music. Throws EslError. */
  async announce(file: string): Promise<void> {
    await this.channel.start('playback', file);
  }

  /** Ends the music: nothing else can be done while it plays. Throws EslError. */
  async stopMusic(): Promise<void> {
    if (!this.hasMusic) return;
    this.hasMusic = false;
    await this.channel.start('break');
  }

  /** Sends the caller elsewhere; he is not ours any more. Throws EslError. */
  async leave(to: RouteDestination, line: string): Promise<void> {
    await this.channel.start('sched_cancel');
    // Where he goes now, a closed connection must not take him away again.
    await this.channel.start('unset', 'socket_resume');
    switch (to.kind) {
      case 'fallback':
        await this.channel.start('transfer', FALLBACK);
        break;
      case 'dialplan':
        await this.channel.start('transfer', `${to.to} XML default`);
        break;
      case 'number':
        await this.channel.start('set', `connector_line=${line}`);
        await this.channel.start('transfer', `${to.number} XML default`);
        break;
      case 'hang-up':
        await this.channel.start('hangup', to.cause);
        break;
    }
  }

  /**
   * Lets the dial plan go on at once, also in the middle of a ring. Never throws: when the switch does not hear us, closing
   * the connection or the watchdog does the same.
   */
  async handBack(): Promise<void> {
    try {
      await this.channel.api('uuid_setvar', `${this.channel.uuid} socket_resume false`);
      await this.channel.api('uuid_transfer', `${this.channel.uuid} ${FALLBACK}`);
    } catch {
      // The watchdog does it.
    }
    this.channel.release();
  }

  /**
   * Leaves the caller to whoever has taken him. Nothing may call him back: neither the watchdog nor the end of this
   * connection. By commands that do not wait for what his channel is doing. Never throws.
   */
  async letGo(): Promise<void> {
    const { uuid } = this.channel;
    try {
      await this.channel.api('uuid_setvar', `${uuid} socket_resume false`);
      await this.channel.api('sched_del', uuid);
    } catch {
      // He has hung up.
    }
    this.channel.release();
  }

  private get grace(): number {
    const seconds = Number(this.channel.data.variable('connector_route_seconds'));
    return seconds >= 1 ? Math.ceil(seconds) : USUAL_GRACE;
  }

  private async ring(dialString: string, seconds: number): Promise<RingEnd> {
    await this.watch(seconds);
    const bridged = new Promise<RingEnd>((resolve) => {
      this.channel.listen((event) => {
        if (event.name === 'CHANNEL_BRIDGE') resolve({ kind: 'answered' });
      });
    });
    return Promise.race([bridged, this.channel.run('bridge', dialString).then(unanswered)]);
  }

  private async keepPlaying(music: string): Promise<void> {
    try {
      while (this.hasMusic) {
        const began = performance.now();
        await this.channel.run('playback', music);
        // What cannot be played ends at once.
        if (performance.now() - began < SHORTEST_MUSIC_MS) return;
      }
    } catch (error) {
      if (!(error instanceof EslConnectionLostError)) this.channel.release();
    }
  }
}

const SHORTEST_MUSIC_MS = 500;

/** Of a caller who has hung up we would hear that, and not of the end of the ring: his channel is gone. */
function unanswered(event: EslEvent): RingEnd {
  const cause = event.get('variable_originate_disposition');
  return cause === 'ORIGINATOR_CANCEL' ? { kind: 'taken' } : { kind: 'unanswered', cause };
}
