import { headerText, type EventRecord } from '../../captured-calls/captured-event';

/** Different in every run, and how many calls somebody may miss: here the first is one too many. */
const NOT_COMPARED = /-(Time|UUID|No-Answer-Count)$/;

/**
 * All that mod_callcenter tells, in order, with its own headers: also what is about no channel (what agents do, how many
 * wait).
 */
export function queueEvents(events: readonly EventRecord[]): Readonly<Record<string, string>>[] {
  return events
    .filter((event) => event['Event-Subclass'] === 'callcenter::info')
    .map((event) =>
      Object.fromEntries(
        Object.keys(event)
          .filter((header) => header.startsWith('CC-'))
          .map((header) => [header, NOT_COMPARED.test(header) ? 'given' : headerText(event, header)]),
      ),
    );
}
