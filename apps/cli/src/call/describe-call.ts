import { callFacts, isOver, type Call, type Leg } from '@app/calls';

/** One line about a call that was made by hand, as it is now. */
export function describeCall(call: Call): string {
  if (isOver(call)) return `over: ${outcome(call)}`;
  if (call.legs.length === 0) return 'sent to the switch';
  return call.legs.map(describeLeg).join('; ');
}

function outcome(call: Call): string {
  const { outcome: word = 'unknown', talkSeconds } = callFacts(call, call.started.at);
  const { trouble, hangupCause } = call.click?.ended ?? {};
  const reason =
    call.legs.length === 0 ? [trouble, hangupCause] : call.legs.map((leg) => leg.ended?.hangupCause);
  const why = [...new Set(reason.filter((text) => text !== undefined))].join(', ');
  return word === 'answered'
    ? `talked ${Math.round(talkSeconds)} s`
    : `${word}${why === '' ? '' : ` (${why})`}`;
}

function describeLeg({ origin, rang, answered, ended }: Leg): string {
  const { party } = origin;
  const who = party.kind === 'employee' ? party.extension : (origin.dialled ?? 'the client');
  if (ended) return `${who} is gone`;
  if (answered) return `${who} has answered`;
  return rang ? `${who} rings` : `${who} is called`;
}
