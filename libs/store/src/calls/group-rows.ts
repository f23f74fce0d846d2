import type { Call } from '@app/calls';
import { StoreError } from '../store-error';
import { callRow, type CallRow } from './call-row';
import { eventRow, type JournalEntry } from './journal-entry';
import { channelRows, recordingRows } from './part-rows';

/** A call as it is after some events, and these events. */
export interface CallChange {
  readonly call: Call;
  readonly events: readonly JournalEntry[];
}

/** A call with the parts that are written only together with it. */
export interface CallRows {
  readonly row: CallRow;
  readonly channels: readonly object[];
  readonly recordings: readonly object[];
}

/** What a group of changes writes. */
export interface GroupRows {
  readonly calls: readonly CallRows[];
  readonly events: readonly object[];
}

/**
 * The rows of a group: each call once, as its last change left it, and all events.
 *
 * @throws StoreError `bad-row` when a change holds what no row can (a time that is no time).
 */
export function groupRows(changes: readonly CallChange[]): GroupRows {
  try {
    const events = changes.flatMap(({ call, events }) => events.map((entry) => eventRow(call.callId, entry)));
    return { calls: lastOfEach(changes).map(withParts), events };
  } catch (error) {
    throw new StoreError('a change of a call can not be written', { kind: 'bad-row', cause: error });
  }
}

function lastOfEach(changes: readonly CallChange[]): Call[] {
  const last = new Map<string, Call>();
  for (const { call } of changes) {
    if (call.version >= (last.get(call.callId)?.version ?? 0)) last.set(call.callId, call);
  }
  return [...last.values()];
}

/** The channels and recordings of a call that became part of another are that one's. */
function withParts(call: Call): CallRows {
  const row = callRow(call);
  if (call.mergedInto) return { row, channels: [], recordings: [] };
  return { row, channels: channelRows(call), recordings: recordingRows(call) };
}
