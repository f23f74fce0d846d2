import type { HeldCall } from '../../world/portal-holding';
import type { TappedEvent } from '../../world/switch-tap';
import type { Books } from '../books/balance';
import { callTruths, type CallerView } from '../books/call-truth';
import { castOf, userOf, WIDE_OFFICE } from '../plan/office';
import type { PlannedCall } from '../plan/planned-call';

/** Epoch ms. */
export const BEGAN = 1_700_000_000_000;
const CARD_MS = 120;
const FILED_MS = 200;

/** A load in which everything went as planned, and a portal that holds the truth. */
export function truthfulBooks(plan: readonly PlannedCall[]): Books & { held: HeldCall[] } {
  const views = new Map(plan.map((planned) => [planned.client, viewOf(planned)]));
  return {
    truths: callTruths(plan, views, plan.flatMap(eventsOf)),
    held: plan.map(heldCall),
    office: WIDE_OFFICE,
    isSettled: true,
    now: BEGAN + 1_000_000,
  };
}

/** When its ringing is over, and when all is. */
function momentsOf({ atMs, ringMs, talkMs }: PlannedCall) {
  const placed = BEGAN + atMs;
  return { placed, rang: placed + 50, answered: placed + 50 + ringMs, ended: placed + 50 + ringMs + talkMs };
}

function viewOf(planned: PlannedCall): CallerView {
  const { placed, rang, answered, ended } = momentsOf(planned);
  const refusedWith = { answered: undefined, busy: 486, unanswered: 487 }[planned.fate];
  return {
    placedAt: placed,
    rangAt: rang,
    endedAt: ended,
    ...(refusedWith === undefined ? { answeredAt: answered } : { refusedWith }),
  };
}

function eventsOf(planned: PlannedCall): TappedEvent[] {
  const { number, kind, from, to, rings, fate, employee } = planned;
  const { placed, rang, answered, ended } = momentsOf(planned);
  const leg = (uuid: string, about: Partial<TappedEvent>, until: number): TappedEvent[] => {
    const same = { channelUuid: `${uuid}-${number}`, callerNumber: from, dialled: to, ...about };
    return [
      { at: placed, name: 'CHANNEL_CREATE', ...same },
      { at: rang, name: 'CHANNEL_PROGRESS', ...same },
      ...(fate === 'answered' ? [{ at: answered, name: 'CHANNEL_ANSWER', ...same }] : []),
      { at: until, name: 'CHANNEL_HANGUP_COMPLETE', ...same },
    ];
  };
  const presence = (extension: string) => ({ presenceId: `${extension}@pbx.internal` });
  const isLoser = (extension: string): boolean => fate === 'answered' && extension !== employee;
  return [
    ...leg('a', { direction: 'inbound', ...(kind === 'outbound' && presence(from)) }, ended),
    ...rings.flatMap((extension) =>
      leg(
        extension,
        { direction: 'outbound', ...presence(extension) },
        isLoser(extension) ? answered : ended,
      ),
    ),
  ];
}

function heldCall(planned: PlannedCall): HeldCall {
  const { number, kind, client, fate, rings, employee, from } = planned;
  const { rang, ended } = momentsOf(planned);
  const seen = kind === 'outbound' ? [from] : rings;
  const user = (extension: string): number => userOf(WIDE_OFFICE, extension);
  return {
    portalCallId: `externalCall.${number}`,
    callId: `call-${number}`,
    type: kind === 'outbound' ? '1' : '2',
    phone: client,
    cards: seen.map((extension) => ({ userId: user(extension), shownAt: rang + CARD_MS, hiddenAt: ended })),
    rows: [
      {
        userId: user(employee ?? rings[0] ?? castOf(WIDE_OFFICE).defaultPerson),
        seconds: fate === 'answered' ? Math.round(planned.talkMs / 1_000) : 0,
        statusCode: statusOf(planned),
        reason: '',
        line: 'load',
      },
    ],
    filedAt: ended + FILED_MS,
  };
}

function statusOf({ kind, fate }: PlannedCall): string {
  if (fate === 'answered') return '200';
  if (kind !== 'outbound') return '304';
  return fate === 'busy' ? '486' : '603-S';
}
