import { callFacts, endOf as lastEnd, isOver, type Call } from '@app/calls';

/** A call as the table `call` takes it; times in ISO 8601. */
export interface CallRow {
  readonly call_id: string;
  readonly switch_id: string;
  readonly core_uuid: string;
  readonly started_at: string;
  readonly ended_at?: string;
  readonly direction: string;
  readonly external_number?: string;
  readonly external_name?: string;
  readonly did?: string;
  readonly outcome?: string;
  readonly talk_seconds?: number;
  readonly state: Call;
  readonly version: number;
  readonly merged_into?: string;
}

/**
 * The row of a call. What only the end decides is told at the end: outcome and talk time. A call that became part of
 * another has no outcome and no talk of its own, or its talk would be counted twice.
 *
 * @throws RangeError when a time of the call is no time.
 */
export function callRow(call: Call): CallRow {
  const endedAt = isOver(call) ? endOf(call) : undefined;
  const facts = callFacts(call, endedAt ?? call.started.at);
  const merged = call.mergedInto !== undefined;
  return {
    call_id: call.callId,
    switch_id: call.switchId,
    core_uuid: call.coreUuid,
    started_at: isoTime(call.started.at),
    direction: facts.direction,
    external_number: facts.externalNumber,
    external_name: facts.externalName,
    did: facts.did,
    state: call,
    version: call.version,
    merged_into: call.mergedInto?.callId,
    ...(endedAt !== undefined && {
      ended_at: isoTime(endedAt),
      outcome: merged ? undefined : facts.outcome,
      talk_seconds: merged ? 0 : Math.round(facts.talkSeconds),
    }),
  };
}

/** The clock of a switch may be set back during a call; no call ends before it started. */
function endOf(call: Call): number {
  return Math.max(call.started.at, call.mergedInto?.moment.at ?? lastEnd(call));
}

/**
 * Epoch ms as Postgres reads it.
 *
 * @throws RangeError when it is no time.
 */
export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
