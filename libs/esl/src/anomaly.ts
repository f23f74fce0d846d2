import type { EslLog } from './esl-log';

/**
 * Odd but survivable:
 * - `malformed-event`: the text of one event can't be read;
 * - `unsupported-format`: an event in xml, which nobody here asked for;
 * - `unknown-event-name`, `unknown-content-type`: a newer switch; such events are delivered, such frames are not;
 * - `unexpected-reply`: a reply nobody waits for; `late-reply`: its command had timed out;
 * - `handler-failed`: the application's own handler threw.
 */
export type EslAnomalyKind =
  | 'malformed-event'
  | 'unsupported-format'
  | 'unknown-event-name'
  | 'unknown-content-type'
  | 'unexpected-reply'
  | 'late-reply'
  | 'handler-failed';

/** One odd thing, reported each time it happens. */
export interface EslAnomaly {
  readonly kind: EslAnomalyKind;
  /** How often this kind was seen on this link, this time included. */
  readonly count: number;
  /** The beginning of what was odd: at most 80 characters on one line, long digit runs (phone numbers) masked. */
  readonly sample: string;
}

const SAMPLE_CHARACTERS = 80;
const LONGEST_OPEN_DIGITS = 3;

/** Makes text safe for a log line: short, one line, no phone numbers. */
export function redactedSample(text: string): string {
  const cut = text.slice(0, SAMPLE_CHARACTERS);
  return cut
    .replace(/[\x00-\x1f\x7f\u2028\u2029]+/g, ' ')
    .replace(/\d+/g, (digits) => (digits.length > LONGEST_OPEN_DIGITS ? '#'.repeat(digits.length) : digits));
}

/** Counts anomalies by kind, tells the listener of each, and logs the 1st, 10th, 100th ... of a kind. */
export class AnomalyCounter {
  private readonly counts = new Map<EslAnomalyKind, number>();

  constructor(
    private readonly listener: (anomaly: EslAnomaly) => void,
    private readonly log: EslLog,
  ) {}

  report(kind: EslAnomalyKind, sample: string): void {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const anomaly: EslAnomaly = { kind, count, sample: redactedSample(sample) };
    if (/^10*$/.test(String(count))) this.log.warn({ ...anomaly }, 'anomaly on the event socket');
    try {
      this.listener(anomaly);
    } catch (error) {
      this.log.error({ err: error }, 'the anomaly handler failed');
    }
  }
}
