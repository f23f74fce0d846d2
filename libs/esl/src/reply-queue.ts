import type { EslClock } from './clock';
import { EslConnectionLostError, EslTimeoutError } from './errors';
import type { EslError } from './errors';

/** The switch's answer to a command: `Reply-Text` of a command/reply, or the body of an api/response. */
export interface EslReply {
  readonly text: string;
}

interface Waiting {
  readonly label: string;
  readonly resolve: (reply: EslReply) => void;
  readonly reject: (error: EslError) => void;
  cancelTimer: () => void;
  timedOut: boolean;
}

/**
 * Matches replies to commands. The switch answers in order and says nothing about which command it answers, and one
 * command may be answered by either kind of reply (a forbidden `api` gets a command/reply): so there is one queue for
 * both. A command that timed out keeps its place, or its late reply would be taken for the next command's. If the reply
 * is still missing after `stallMs` more, the connection is reported as stalled.
 */
export class ReplyQueue {
  private waiting: Waiting[] = [];

  constructor(
    private readonly clock: EslClock,
    private readonly stallMs: number,
    private readonly onStalled: (error: EslTimeoutError) => void,
  ) {}

  /** Takes the next place in the queue. Call in the same turn as the write, so that both keep their order. */
  expect(label: string, timeoutMs: number): Promise<EslReply> {
    return new Promise((resolve, reject) => {
      const place: Waiting = { label, resolve, reject, cancelTimer: () => undefined, timedOut: false };
      place.cancelTimer = this.clock.after(timeoutMs, () => {
        this.timeOut(place, timeoutMs);
      });
      this.waiting.push(place);
    });
  }

  /** Hands a reply to the command that waits longest. */
  settle(reply: EslReply): 'delivered' | 'late' | 'unexpected' {
    const place = this.waiting.shift();
    if (!place) return 'unexpected';
    place.cancelTimer();
    if (place.timedOut) return 'late';
    place.resolve(reply);
    return 'delivered';
  }

  /** The connection is gone: every command in flight fails with an unknown outcome. */
  failAll(cause: EslError): void {
    const lost = this.waiting;
    this.waiting = [];
    for (const place of lost) {
      place.cancelTimer();
      place.reject(
        new EslConnectionLostError(`${place.label}: the connection was lost, outcome unknown`, {
          cause,
          sent: true,
        }),
      );
    }
  }

  private timeOut(place: Waiting, timeoutMs: number): void {
    place.timedOut = true;
    place.reject(new EslTimeoutError(place.label, timeoutMs, true));
    place.cancelTimer = this.clock.after(this.stallMs, () => {
      this.onStalled(new EslTimeoutError(place.label, timeoutMs + this.stallMs, true));
    });
  }
}
