import { MalformedEventError } from './errors';
import { HeaderEvent } from './esl-event';
import type { EslEvent, HeaderValue } from './esl-event';

/** An event whose headers are decoded already. */
export class RecordEvent extends HeaderEvent {
  constructor(private readonly record: Readonly<Record<string, HeaderValue>>) {
    super();
  }

  override toRecord(): Readonly<Record<string, HeaderValue>> {
    return this.record;
  }

  protected override value(header: string): HeaderValue | undefined {
    return Object.hasOwn(this.record, header) ? this.record[header] : undefined;
  }
}

/**
 * An event from a parsed JSON object, such as a line of a recorded `events.jsonl`. Values that are neither text nor a
 * list of texts, and the recorder's own keys (those with a leading `_`, but for the switch's `_body`), are left out.
 * @throws MalformedEventError when there is no `Event-Name`.
 */
export function eventFromRecord(record: Readonly<Record<string, unknown>>): EslEvent {
  const ofTheSwitch = Object.entries(record).filter(([key]) => !key.startsWith('_') || key === '_body');
  return eventFromHeaders(ofTheSwitch);
}

/** An event from its headers; values of another shape are left out. @throws MalformedEventError without `Event-Name`. */
export function eventFromHeaders(headers: readonly (readonly [string, unknown])[]): EslEvent {
  const usable = headers.filter((header): header is [string, HeaderValue] => isHeaderValue(header[1]));
  return named(new RecordEvent(Object.fromEntries(usable)));
}

/** Hands the event back if it has a name. @throws MalformedEventError if not: it can't be told what it is. */
export function named<Event extends EslEvent>(event: Event): Event {
  if (event.name === '') throw new MalformedEventError('an event without Event-Name');
  return event;
}

function isHeaderValue(value: unknown): value is HeaderValue {
  return (
    typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'))
  );
}
