import { expectedStatusCode } from '../../demo/expected-status-code';
import { isTrueLength, lengthText } from '../../scenario/checks/close-enough';
import type { HeldCall } from '../../world/portal-holding';
import { userOf, type Office } from '../plan/office';
import type { PlannedCall } from '../plan/planned-call';
import type { CallTruth } from './call-truth';

/** TYPE of a registration. */
const TYPES = { outbound: '1', inbound: '2' };

interface Difference {
  readonly expected: string;
  readonly came: string;
}

/** What is untrue about a filed call. */
export function judgeRow(truth: CallTruth, held: HeldCall, office: Office): Difference[] {
  const { planned } = truth;
  const [row] = held.rows;
  if (!row) return [];
  const direction = planned.kind === 'outbound' ? 'outbound' : 'inbound';
  const status = statusOf(planned);
  const people = peopleOf(planned).map((extension) => userOf(office, extension));
  const isMs = row.seconds * 1_000;
  const [trueMs, ofSwitchMs] = [
    talkMs(truth.seen),
    talkMs({ ...truth.callerLeg, endedAt: truth.callerLeg?.until }),
  ];
  // A busy machine makes a call longer for the switch than for the caller, or shorter: what it told counts as well.
  const isTrue = isTrueLength(isMs, trueMs) || isTrueLength(isMs, ofSwitchMs);
  return [
    ...differs(TYPES[direction] === held.type, `filed as ${direction}`, `its TYPE is ${held.type}`),
    ...differs(
      row.statusCode === status,
      `filed with ${status}`,
      `filed with ${row.statusCode || 'nothing'}`,
    ),
    ...differs(
      people.includes(row.userId),
      `filed for user ${people.join(' or ')}`,
      `for user ${row.userId}`,
    ),
    ...differs(isTrue, 'filed with the length of the talk', lengthText(isMs, trueMs)),
  ];
}

function talkMs({ answeredAt, endedAt }: { answeredAt?: number; endedAt?: number } = {}): number {
  return answeredAt === undefined || endedAt === undefined ? 0 : endedAt - answeredAt;
}

function statusOf({ kind, fate, talkMs: talk }: PlannedCall): string {
  return expectedStatusCode({
    direction: kind === 'outbound' ? 'outbound' : 'inbound',
    outcome: { answered: 'answered', busy: 'busy', unanswered: 'cancelled' }[fate],
    talkSeconds: talk / 1_000,
  });
}

/** Who may be responsible: several where all rang and nobody answered. */
function peopleOf({ employee, rings }: PlannedCall): readonly string[] {
  return employee === undefined ? rings : [employee];
}

function differs(isTrue: boolean, expected: string, came: string): Difference[] {
  return isTrue ? [] : [{ expected, came }];
}
