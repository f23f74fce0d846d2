import type { PhoneCall } from '../../phones';
import type { CallerView } from '../books/call-truth';
import type { PlannedCall } from '../plan/planned-call';

/** Hangs a call up in its time: the caller after the talk, or tired of the ringing. */
export function placeCall({ fate, ringMs, talkMs }: PlannedCall, call: PhoneCall): void {
  let timer: NodeJS.Timeout | undefined;
  const hangUpAfter = (ms: number): void => {
    clearTimeout(timer);
    // What the far end does with it is seen in the call's events.
    timer = setTimeout(() => void call.hangUp().catch(() => undefined), ms);
  };
  const stop = call.listen((event) => {
    if (event.kind === 'answered') hangUpAfter(talkMs);
    else if (event.kind === 'progress' && fate === 'unanswered' && timer === undefined) hangUpAfter(ringMs);
    else if (event.kind === 'ended') {
      clearTimeout(timer);
      stop();
    }
  });
}

/** What the caller of a call saw. */
export function viewOf({ events, end }: PhoneCall): CallerView {
  const placed = events.find(({ kind }) => kind === 'calling');
  const rang = events.find((event) => event.kind === 'progress' && event.statusCode > 100);
  const answered = events.find(({ kind }) => kind === 'answered');
  const ended = events.find(({ kind }) => kind === 'ended');
  const code = end?.how === 'cancelled' && end.by === 'us' ? 487 : end?.statusCode;
  const isPlain = end === undefined || ['hung-up', 'cancelled', 'refused'].includes(end.how);
  return {
    placedAt: placed?.at ?? 0,
    ...(rang && { rangAt: rang.at }),
    ...(answered && { answeredAt: answered.at }),
    ...(ended && { endedAt: ended.at }),
    ...(code !== undefined && !answered && { refusedWith: code }),
    ...(!isPlain && { trouble: end.reason ?? end.how }),
  };
}
