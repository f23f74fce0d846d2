import { eventFromRecord, type EslEvent } from '@app/esl';

/** An event of a switch with these headers, and those that every event has. */
export function makeEvent(name: string, headers: Readonly<Record<string, unknown>> = {}): EslEvent {
  return eventFromRecord({
    'Event-Name': name,
    'Core-UUID': 'core-1',
    'Event-Date-Timestamp': '1772442000123456',
    'Event-Sequence': '815',
    'Unique-ID': 'leg-1',
    ...headers,
  });
}

/** What all observations of such an event have in common. */
export const SEEN = {
  switchId: 'fs1',
  coreUuid: 'core-1',
  channelUuid: 'leg-1',
  moment: { at: 1772442000123, seq: 815 },
};
