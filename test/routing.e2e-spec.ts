import { hasSwitch } from '../apps/harness/src/real-switch/open-switch';
import { embeddedTarget } from '../apps/harness/src/world/embedded-target';
import { freeswitchTarget } from '../apps/harness/src/world/freeswitch-target';
import type { PhoneCall } from '../apps/harness/src/phones';
import { until } from '../apps/harness/src/processes/until';
import { numberOf, RoutedOffice, type OfficeOptions } from './bench/routed-office';

const RUSH_MS = 3 * 60_000;
const CALL_MS = 120_000;

/** How many calls a phone had at the same time at most. */
function mostAtOnce(calls: readonly PhoneCall[]): number {
  const moves = calls.flatMap(({ events }) => [
    { at: events[0]?.at ?? 0, by: 1 },
    { at: events.find(({ kind }) => kind === 'ended')?.at ?? Infinity, by: -1 },
  ]);
  let open = 0;
  // An end and a beginning in the same moment: the end was first.
  const inOrder = moves.sort((a, b) => a.at - b.at || a.by - b.by);
  return Math.max(0, ...inOrder.map(({ by }) => (open += by)));
}

async function rush(options: Pick<OfficeOptions, 'openSwitch' | 'agents' | 'callers'>): Promise<void> {
  const office = await RoutedOffice.open({
    ...options,
    ringMs: 150,
    routing: { strategy: 'longest-idle', waiting: { seconds: 120 }, seconds: { step: 20, total: 120 } },
  });
  try {
    // An agent talks for a moment, and hangs up.
    for (const { phone } of office.agents)
      phone.listen((event) => {
        if (event.kind !== 'confirmed') return;
        const call = phone.calls.find(({ ref }) => ref === event.call);
        setTimeout(() => void call?.hangUp().catch(() => undefined), 150);
      });
    const clients = Array.from({ length: options.callers }, (_, index) => office.call(index));
    await Promise.all(clients.map((call) => call.untilAnswered({ withinMs: CALL_MS })));
    await Promise.all(clients.map((call) => call.untilEnded({ withinMs: CALL_MS })));
    await office.settle(options.callers, CALL_MS);

    // Nobody rung twice at once.
    expect(office.agents.filter(({ phone }) => mostAtOnce(phone.calls) > 1)).toEqual([]);
    // No lost caller: each has talked with somebody, and is filed so.
    const filed = office.held.map(({ phone, rows }) => [phone, rows.map(({ statusCode }) => statusCode)]);
    expect(new Map(filed as [string, string[]][])).toEqual(
      new Map(clients.map((_, index) => [numberOf(index), ['200']])),
    );
    // No card without a ring, and none left.
    const rang = new Set(office.rings.map(({ agent, call }) => `${agent.userId} ${call.far.number}`));
    const cards = office.held.flatMap(({ phone, cards: all }) => all.map((card) => ({ phone, ...card })));
    expect(cards.map(({ userId, phone }) => `${userId} ${phone}`).filter((one) => !rang.has(one))).toEqual(
      [],
    );
    expect(cards.filter(({ hiddenAt }) => hiddenAt === undefined)).toEqual([]);
    expect(office.portal.fake.audit()).toEqual([]);
  } finally {
    await office.close();
  }
}

it(
  'twenty callers at once for a queue of six: nobody rings twice, nobody is lost',
  () => rush({ openSwitch: embeddedTarget, agents: 6, callers: 20 }),
  RUSH_MS,
);

(hasSwitch(process.env) && !process.env.FREESWITCH_ESL ? it : it.skip)(
  'fifty callers at once for a queue of ten on a real switch',
  () =>
    rush({
      openSwitch: (wanted) => freeswitchTarget(process.env, wanted),
      agents: 10,
      callers: 50,
    }),
  RUSH_MS,
);

it(
  'a changed route counts from the very next call on',
  async () => {
    const office = await RoutedOffice.open({
      openSwitch: embeddedTarget,
      agents: 2,
      callers: 2,
      ringMs: CALL_MS,
      routing: { strategy: 'sequential', seconds: { step: 100, total: 120 } },
    });
    try {
      const change = await office.prepareRoute({ strategy: 'simultaneous', members: ['1002'] });
      const rungBy = (index: number) =>
        office.rings
          .filter(({ call }) => call.far.number === numberOf(index))
          .map(({ agent: { extension } }) => extension);
      for (const [index, extension] of ['1001', '1002'].entries()) {
        const client = office.call(index);
        await until('a phone rings', () => rungBy(index).length > 0, { withinMs: CALL_MS });
        expect(rungBy(index)).toEqual([extension]);
        await client.hangUp();
        if (index === 0) await change();
      }
      await office.settle(2, CALL_MS);
    } finally {
      await office.close();
    }
  },
  RUSH_MS,
);
