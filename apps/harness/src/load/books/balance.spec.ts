import type { HeldCall } from '../../world/portal-holding';
import { readMix } from '../plan/mix';
import { WIDE_OFFICE } from '../plan/office';
import { planCalls } from '../plan/plan-calls';
import type { PlannedCall } from '../plan/planned-call';
import { truthfulBooks } from '../testing/truthful-books';
import { balance, type Books } from './balance';
import { timesOf } from './call-times';
import { countCalls } from './count-calls';
import { measure } from './measure';

const PLAN = planCalls(
  { cps: 10, seconds: 30, mix: readMix('inbound=60,outbound=20,queue=20'), seed: 3 },
  WIDE_OFFICE,
);
const found = (kind: PlannedCall['kind'], fate: PlannedCall['fate']): PlannedCall => {
  const call = PLAN.find((one) => one.kind === kind && one.fate === fate);
  if (!call) throw new Error(`the plan has no call ${kind}, ${fate}`);
  return call;
};
const ANSWERED = found('inbound', 'answered');

/** What is said when the portal holds a call otherwise. */
function whenHeld(planned: PlannedCall, otherwise: (held: HeldCall) => HeldCall | HeldCall[]): string[] {
  const books = truthfulBooks(PLAN);
  return said({
    ...books,
    held: books.held.flatMap((held) => (held.phone === planned.client ? otherwise(held) : held)),
  });
}

/** What is said when the caller of a call saw something else. */
function whenSeen(
  planned: PlannedCall,
  otherwise: Partial<NonNullable<Books['truths'][number]['seen']>>,
): string[] {
  const books = truthfulBooks(PLAN);
  const truths = books.truths.map((truth) =>
    truth.planned === planned && truth.seen ? { ...truth, seen: { ...truth.seen, ...otherwise } } : truth,
  );
  return said({ ...books, truths });
}

function said(books: Books): string[] {
  return balance(books).map(
    ({ kind, call = '', came }) => `${kind}: ${/^call \d+/.exec(call)?.[0] ?? ''}: ${came}`,
  );
}

const named = ({ number }: PlannedCall): string => `call ${number}`;
const rowOf = (held: HeldCall, other: object): HeldCall => ({
  ...held,
  rows: [{ ...held.rows[0]!, ...other }],
});

it('books that balance say nothing, whatever kinds of calls are in them', () => {
  expect(said(truthfulBooks(PLAN))).toEqual([]);
  expect(countCalls(truthfulBooks(PLAN).truths)).toMatchObject({
    planned: 300,
    attempted: 300,
    lostSlots: 0,
    lost: 0,
  });
});

describe('the portal holds it otherwise', () => {
  it('not at all', () => {
    expect(whenHeld(ANSWERED, () => [])).toEqual([`wrong: ${named(ANSWERED)}: the portal does not know it`]);
  });

  it('twice', () => {
    const twice = whenHeld(ANSWERED, (held) => [held, { ...held, portalCallId: 'another' }]);
    expect(twice).toEqual([`wrong: ${named(ANSWERED)}: registered 2 times, filed 2 times`]);
  });

  it.each([
    ['with another outcome', { statusCode: '304' }, 'filed with 304'],
    ['for somebody else', { userId: 99 }, 'for user 99'],
    ['longer', { seconds: 60 }, '60 s (by the phones'],
  ])('%s', (_, other, came) => {
    expect(whenHeld(ANSWERED, (held) => rowOf(held, other))).toEqual([
      expect.stringContaining(`wrong: ${named(ANSWERED)}: ${came}`),
    ]);
  });

  it('in the other direction', () => {
    const call = found('outbound', 'answered');
    expect(whenHeld(call, (held) => ({ ...held, type: '2' }))).toEqual([
      `wrong: ${named(call)}: its TYPE is 2`,
    ]);
  });

  it('a call to a group that nobody took may belong to any of those who rang, and to nobody else', () => {
    const call = found('queue', 'unanswered');
    expect(whenHeld(call, (held) => rowOf(held, { userId: 13 }))).toEqual([]);
    expect(whenHeld(call, (held) => rowOf(held, { userId: 14 }))).toEqual([
      `wrong: ${named(call)}: for user 14`,
    ]);
  });

  it('a call that nobody made', () => {
    const books = truthfulBooks(PLAN);
    const [one] = books.held;
    expect(said({ ...books, held: [...books.held, { ...one!, phone: '79998887766' }] })).toEqual([
      'too-many: : it holds a call with 79998887766, filed 1 times',
    ]);
  });
});

describe('a card', () => {
  const withCard = (card: object) =>
    whenHeld(ANSWERED, (held) => ({ ...held, cards: [{ ...held.cards[0]!, ...card }] }));

  it('is still open', () => {
    expect(withCard({ hiddenAt: undefined })).toEqual([`wrong: ${named(ANSWERED)}: he still sees it`]);
  });

  it('stayed for long after the call', () => {
    expect(withCard({ hiddenAt: truthfulBooks([ANSWERED]).held[0]!.filedAt! + 10_000 })).toEqual([
      expect.stringMatching(/it stayed \d+\.\d s longer than the call/),
    ]);
  });

  it('was shown to somebody whose phone did not ring', () => {
    expect(withCard({ userId: 99 })).toEqual([
      `wrong: ${named(ANSWERED)}: his phone neither rang nor talked then`,
    ]);
  });
});

describe('the call itself', () => {
  it('is lost when it went otherwise than planned, and the portal is not asked about it', () => {
    expect(whenSeen(ANSWERED, { answeredAt: undefined, refusedWith: 503 })).toEqual([
      `lost: ${named(ANSWERED)}: refused with 503`,
    ]);
    const busy = found('inbound', 'busy');
    expect(whenSeen(busy, { refusedWith: 480 })).toEqual([`lost: ${named(busy)}: refused with 480`]);
    expect(whenSeen(ANSWERED, { endedAt: undefined })).toEqual([
      `lost: ${named(ANSWERED)}: answered; not over`,
    ]);
  });

  it('is no deviation when it was not placed, but then nothing may be filed', () => {
    const books = truthfulBooks(PLAN);
    const truths = books.truths.map((truth) =>
      truth.planned === ANSWERED ? { ...truth, seen: undefined } : truth,
    );
    const held = books.held.filter(({ phone }) => phone !== ANSWERED.client);
    expect(said({ ...books, truths, held })).toEqual([]);
    expect(said({ ...books, truths })).toEqual([expect.stringContaining('too-many')]);
    expect(countCalls(truths)).toMatchObject({ planned: 300, attempted: 299, lostSlots: 1 });
  });

  it('is not filed yet while there is something left to do', () => {
    const books = truthfulBooks(PLAN);
    const held = books.held.map((one) => (one.phone === ANSWERED.client ? { ...one, rows: [] } : one));
    expect(said({ ...books, held, isSettled: false })).toEqual([
      `not-filed-yet: ${named(ANSWERED)}: registered 1 times, filed 0 times`,
    ]);
  });
});

it('measures from the ringing to the card, and from the end to what follows', () => {
  const { truths, held, office } = truthfulBooks(PLAN);
  const measures = measure(timesOf(truths, held, office));
  expect(measures.inviteToRing).toMatchObject({ count: 300, p50: 50, max: 50 });
  expect(measures.ringToCard).toMatchObject({ p50: 120, max: 120 });
  expect(measures.dialToCard).toMatchObject({ count: 60, p50: 170, max: 170 });
  expect(measures.endToFiled).toMatchObject({ count: 300, p50: 200, max: 200 });
  expect(measures.withoutCard).toBe(0);
});
