/** One event as the switch sent it: header to value. Multi-valued variables are arrays, as in the json format. */
export type EventRecord = Readonly<Record<string, string | readonly string[]>>;

export interface CapturedEvent {
  readonly kind: 'event';
  /** When the capture tool read it, in ms since the capture began. */
  readonly receivedAtMs: number;
  readonly record: EventRecord;
  /** Keys that stood twice in the JSON object (`Hangup-Cause` of CHANNEL_HANGUP_COMPLETE); `record` has them once. */
  readonly doubledKeys: readonly string[];
}

/** What happened to the connection itself: it ended, it came back, or a frame arrived that is no event. */
export interface CaptureMarker {
  readonly kind: 'marker';
  readonly receivedAtMs: number;
  readonly marker: string;
  /** Text after the marker's name, e.g. "end of stream"; for a frame its body. */
  readonly detail: string;
  /** Content-Type of a frame that is no event, e.g. text/disconnect-notice. */
  readonly contentType?: string;
}

export type CapturedLine = CapturedEvent | CaptureMarker;

/** A captured stream. The order is the order of arrival, which is not always that of Event-Sequence. */
export interface Capture {
  readonly name: string;
  readonly file: string;
  readonly events: readonly CapturedEvent[];
  /** Events and markers together, for a player that has to lose the connection where the real one was lost. */
  readonly timeline: readonly CapturedLine[];
}

/** The header's value; '' when the event lacks it, the first one of several. */
export function headerText(record: EventRecord, header: string): string {
  const value = record[header];
  if (value === undefined) return '';
  return typeof value === 'string' ? value : (value[0] ?? '');
}

/** The moment the switch states for an event, in microseconds since 1970. */
export function eventMicroseconds(record: EventRecord): number {
  return Number(headerText(record, 'Event-Date-Timestamp'));
}
