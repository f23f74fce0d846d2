import type { Call } from '../call';
import type { CallEvent } from '../call-event';
import type { Moment } from '../moment';
import { emptyCall } from '../empty-call';
import { evolve } from '../evolve';
import type { Click, ClickEnd } from './click';

/** A call that begins with a click, before there is any channel. */
export interface ClickCall {
  readonly callId: string;
  readonly switchId: string;
  readonly click: Click;
  readonly moment: Moment;
}

/** The life of a switch in a call that has no channel yet. */
const NO_LIFE = 'none';

/** The call of a click, with the events that made it. */
export function callOfClick({ callId, switchId, click, moment }: ClickCall): {
  readonly call: Call;
  readonly events: readonly CallEvent[];
} {
  const { ended, ...clicked } = click;
  const empty = emptyCall({ callId, switchId, coreUuid: NO_LIFE, started: moment });
  const events: CallEvent[] = [
    { type: 'ClickTaken', click: clicked, moment },
    ...(ended ? [{ type: 'ClickEnded' as const, end: ended }] : []),
  ];
  return { call: events.reduce(evolve, empty), events };
}

/** Ends a click that came to nothing. */
export function clickEnded(end: ClickEnd): CallEvent {
  return { type: 'ClickEnded', end };
}
