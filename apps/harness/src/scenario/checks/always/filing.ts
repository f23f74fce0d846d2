import { durationText } from '../../language/duration';
import { trueTalkMs, type Aftermath, type KnownCall } from '../aftermath';
import { isTrueLength, lengthText } from '../close-enough';
import { talkOf } from '../../run/phone-truth';

const START_TOLERANCE_MS = 2_500;
/** A click begins in the portal, which registers it itself; a busy machine takes its time to dial it. */
const CLICK_AHEAD_MS = 8_000;

/** Calls with somebody outside that are not in the portal exactly once, and rows that belong to none. */
export function filedOnce({ calls, held }: Aftermath): string[] {
  const outside = calls.filter(({ facts, truths }) => isOutside(facts.direction, truths));
  const rowsOf = (callId: string): number =>
    held.filter((call) => call.callId === callId).reduce((sum, { rows }) => sum + rows.length, 0);
  const ids = new Set(outside.map(({ call }) => call.callId));
  return [
    ...outside.flatMap((known) => {
      const rows = rowsOf(known.call.callId);
      return rows === 1 ? [] : [`${nameOf(known)} is filed ${rows === 0 ? 'not at all' : `${rows} times`}`];
    }),
    ...held
      .filter(
        ({ callId, rows }) => rows.length > (isFurtherTalk(callId, ids) ? 1 : 0) && !ids.has(callId ?? ''),
      )
      .map(({ phone }) => `a call with ${phone} is filed that is none with somebody outside`),
  ];
}

/** Where the portal wants a call for each talk, those after the first are numbered: `CALL-2`. */
function isFurtherTalk(callId: string | null, ids: ReadonlySet<string>): boolean {
  const [, first] = /^(.*)-\d+$/.exec(callId ?? '') ?? [];
  return first !== undefined && ids.has(first);
}

function isOutside(direction: string, truths: KnownCall['truths']): boolean {
  return direction !== 'internal' || truths.some(({ handset }) => handset.kind === 'client');
}

/** Calls of phones that the database does not know, or whose end it does not. */
export function lostCalls({ truths, calls }: Aftermath): string[] {
  const known = new Set(calls.flatMap(({ call }) => call.legs.map(({ channelUuid }) => channelUuid)));
  return [
    ...truths
      .filter(({ channelUuid }) => channelUuid !== undefined && !known.has(channelUuid))
      .map(
        ({ handset, call }) => `the database does not know the call of ${handset.id} with ${call.far.number}`,
      ),
    ...calls
      .filter(({ facts }) => facts.outcome === undefined)
      .map((call) => `the database does not know how ${nameOf(call)} ended`),
  ];
}

/** Filed lengths and beginnings that are not what the phones lived through. */
export function untrueTimes({ calls, held, scene, now }: Aftermath): string[] {
  return calls.flatMap((known) => {
    const portalCall = held.find(({ callId, rows }) => callId === known.call.callId && rows.length > 0);
    const [row] = portalCall?.rows ?? [];
    const began = known.truths[0]?.from;
    if (!portalCall || !row || began === undefined) return [];
    const trueMs = trueTalkMs(known, now);
    const isMs = row.seconds * 1_000;
    const startedAt = scene.portal.fake.state.calls.known(portalCall.portalCallId)?.startedAt ?? began;
    const lateMs = startedAt - began;
    const aheadMs = portalCall.clickedBy === undefined ? START_TOLERANCE_MS : CLICK_AHEAD_MS;
    return [
      ...(isTrueLength(isMs, trueMs)
        ? []
        : [`the talk of ${nameOf(known)} is filed as ${lengthText(isMs, trueMs)}`]),
      ...(lateMs <= START_TOLERANCE_MS && -lateMs <= aheadMs
        ? []
        : [
            `${nameOf(known)} is filed as begun ${durationText(Math.abs(lateMs))} ${lateMs > 0 ? 'later' : 'earlier'} than it did`,
          ]),
      ...untrueRecording(known, portalCall.recording?.seconds, now),
    ];
  });
}

/** A recording that is attached has to be of this talk: it may end early (another file), it cannot be longer. */
function untrueRecording(known: KnownCall, seconds: number | undefined, now: number): string[] {
  if (seconds === undefined) return [];
  const { from = 0 } = talkOf(known.truths, now) ?? {};
  const first = known.truths[0]?.answered ?? from;
  const longestMs = Math.max(...known.truths.map(({ until = now }) => until)) - Math.min(first, from);
  return seconds * 1_000 <= longestMs + START_TOLERANCE_MS
    ? []
    : [`the recording of ${nameOf(known)} plays ${seconds.toFixed(1)} s`];
}

function nameOf({ facts }: KnownCall): string {
  const whom = facts.externalNumber ?? facts.extension ?? 'somebody unknown';
  return `the ${facts.direction} call with ${whom}`;
}
