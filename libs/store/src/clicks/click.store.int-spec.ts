import type { ClickDecision, ClickFacts, ClickOrder, ClickRequest } from '@app/calls';
import { createTestDatabase } from '@app/testkit';
import { CallStore } from '../calls/call.store';
import { PortalCallStore } from '../portal-calls/portal-call.store';
import { PortalEventStore } from '../portal-events/portal-event.store';
import { DirectoryStore } from '../portals/directory.store';
import { PortalStore } from '../portals/portal.store';
import { PORTAL_DEFAULTS } from '../testing/portal-defaults';
import { refusalOf } from '../testing/refusal-of';
import { employeeLeg, someClick, ringingCall } from '../testing/some-call';
import {
  openTestStore,
  seedSwitchAndPortal,
  SWITCH_ID,
  TEST_SECRETS,
  type TestStore,
} from '../testing/test-store';
import { ClickStore } from './click.store';

const NOW = Date.now();
const SECONDS = 1_000;

let store: TestStore;
let clicks: ClickStore;
let portalId: string;
let request: ClickRequest;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  clicks = new ClickStore(store.dataSource);
  portalId = await seedSwitchAndPortal(store.dataSource);
  request = { kind: 'click', portalId, userId: 1, numbers: ['+79161234567'], isMobile: false, askedAt: NOW };
});

afterAll(() => store.close());

const orderFor = (callId: string, portalCallId?: string): ClickOrder => ({
  callId,
  switchId: SWITCH_ID,
  click: someClick({ portalId, ...(portalCallId !== undefined && { portalCallId }) }),
  dialling: { digits: '79161234567', ringSeconds: 30 },
  dialBefore: NOW + 15 * SECONDS,
});
const ordered = (callId: string, portalCallId?: string) => (): ClickDecision => ({
  kind: 'order',
  order: orderFor(callId, portalCallId),
});
const refused = (callId: string, portalCallId: string) => (): ClickDecision => ({
  kind: 'refusal',
  refusal: {
    callId,
    switchId: SWITCH_ID,
    click: someClick({ portalId, portalCallId, ended: { trouble: 'stale', moment: { at: NOW, seq: 0 } } }),
  },
});
const load = (callId: string) =>
  new PortalCallStore(store.dataSource, PORTAL_DEFAULTS, TEST_SECRETS).load(callId);

describe('a click', () => {
  it('is decided on once, whichever worker asks, and however often', async () => {
    const asked = { ...request, portalCallId: 'b24-1' };
    const known = await Promise.all(
      Array.from({ length: 6 }, (_, n) => clicks.decide(asked, '7', NOW, ordered(`call-${n}`, 'b24-1'))),
    );
    expect(new Set(known.map(({ callId }) => callId)).size).toBe(1);
    expect(await clicks.decide(asked, '8', NOW, ordered('another', 'b24-1'))).toEqual(known[0]);
    expect(await clicks.byEvent('7')).toEqual(known[0]);
    expect(await clicks.byEvent('8')).toBeUndefined();
  });

  it('without a CALL_ID that comes twice, a second later, is the same; after some seconds it is another', async () => {
    const inbox = new PortalEventStore(store.dataSource);
    const told = async (laterMs: number) => {
      const receivedAt = NOW + laterMs;
      const ts = Math.floor(receivedAt / 1000);
      const event = {
        portalId,
        name: 'ONEXTERNALCALLSTART',
        data: { PHONE_NUMBER: '+7916' },
        receivedAt,
        ts,
      };
      return (await inbox.store(event)).eventId;
    };
    const first = await clicks.decide(request, await told(0), NOW, ordered('first'));
    expect(await clicks.decide(request, await told(1_100), NOW, ordered('twin'))).toEqual(first);
    expect(await clicks.decide(request, await told(9_000), NOW, ordered('later'))).toMatchObject({
      callId: 'later',
    });
  });

  it('is taken by one gateway, with its call, and the portal’s call is its own', async () => {
    await clicks.decide(request, '7', NOW, ordered('call-1', 'b24-1'));
    expect(await clicks.callOf('call-1')).toBeUndefined();
    const taken = await Promise.all(Array.from({ length: 5 }, () => clicks.take('call-1', NOW)));
    expect(taken.filter((one) => one !== undefined)).toMatchObject([{ order: orderFor('call-1', 'b24-1') }]);
    expect((await new CallStore(store.dataSource).openCalls(SWITCH_ID)).map(({ callId }) => callId)).toEqual([
      'call-1',
    ]);
    expect(await load('call-1')).toMatchObject({
      portal: { portalId },
      call: { click: { portalCallId: 'b24-1' } },
      portalCalls: [],
    });
  });

  it('is taken for somebody else, whose call it is then', async () => {
    await clicks.decide(request, '7', NOW, ordered('call-1'));
    expect(await clicks.orderOf('call-1')).toMatchObject({ click: { userId: 1 } });
    const standIn = { userId: 2, phone: { kind: 'extension', extension: '1002' } } as const;
    expect(await clicks.take('call-1', NOW, standIn)).toMatchObject({
      order: { click: standIn },
      call: { click: standIn },
    });
    expect(await clicks.orderOf('call-1')).toBeUndefined();
  });

  it('is never taken late; it is filed instead, and its switch was away', async () => {
    await clicks.decide(request, '7', NOW, ordered('call-1', 'b24-1'));
    expect(await clicks.endMissed(NOW + 14 * SECONDS, 10)).toEqual([]);
    expect(await clicks.take('call-1', NOW + 16 * SECONDS)).toBeUndefined();
    expect(await clicks.endMissed(NOW + 16 * SECONDS, 10)).toEqual(['call-1']);
    expect(await clicks.endMissed(NOW + 16 * SECONDS, 10)).toEqual([]);
    expect(await clicks.take('call-1', NOW)).toBeUndefined();
    expect(await load('call-1')).toMatchObject({
      call: { click: { portalCallId: 'b24-1', ended: { trouble: 'switch-away' } } },
    });
  });

  it('that is refused is a call at once, which is over', async () => {
    const known = await clicks.decide(request, '7', NOW, refused('call-1', 'b24-1'));
    expect(known).toEqual({ callId: 'call-1', switchId: SWITCH_ID, state: 'refused', trouble: 'stale' });
    const [row] = await store.sql.rows(
      `SELECT outcome, ended_at IS NOT NULL AS over, external_number FROM call`,
    );
    expect(row).toEqual({ outcome: 'cancelled', over: true, external_number: '+79161234567' });
    expect(
      await new PortalCallStore(store.dataSource, PORTAL_DEFAULTS, TEST_SECRETS).callsDue(Date.now(), 9),
    ).toEqual(['call-1']);
  });

  it('for which no switch is known waits for one', async () => {
    const nowhere = (): ClickDecision => {
      const { click } = orderFor('call-1');
      return { kind: 'refusal', refusal: { callId: 'call-1', switchId: undefined, click } };
    };
    expect(await refusalOf(clicks.decide(request, '7', NOW, nowhere))).toMatchObject({ kind: 'unavailable' });
  });

  it('is forgotten after a time, its call is not', async () => {
    await clicks.decide(request, '7', NOW, refused('call-1', 'b24-1'));
    await clicks.forget(NOW + 1);
    expect(await clicks.byEvent('7')).toBeUndefined();
    expect(await clicks.callOf('call-1')).toMatchObject({ callId: 'call-1' });
  });

  it('goes with its portal', async () => {
    await clicks.decide(request, '7', NOW, ordered('call-1'));
    const portals = new PortalStore(store.dataSource, TEST_SECRETS);
    await portals.uninstall(portalId, { kind: 'uninstalled', reason: 'why', cure: 'what' }, true);
    expect(await portals.erase(portalId)).toBe(true);
  });
});

describe('what is known about a click', () => {
  async function factsOf(changes: Partial<ClickRequest> = {}): Promise<ClickFacts> {
    let facts: ClickFacts | undefined;
    await clicks.decide({ ...request, ...changes }, undefined, NOW, (found) => {
      facts = found;
      return ordered('last')();
    });
    return facts!;
  }

  beforeEach(async () => {
    const directory = new DirectoryStore(store.dataSource);
    await directory.replaceUsers(portalId, [
      { userId: 1, switchId: SWITCH_ID, extension: '1001', domain: 'acme.example' },
      { userId: 2, switchId: SWITCH_ID, extension: '1002' },
    ]);
    await directory.saveLines(portalId, [{ switchId: SWITCH_ID, did: '+74950000001', lineNumber: 'line-1' }]);
  });

  it('the phones of its user and of nobody else, lines, colleagues, switches', async () => {
    expect(await factsOf({ numbers: ['1002', ' 1003'] })).toEqual({
      phones: [{ switchId: SWITCH_ID, domain: 'acme.example', extension: '1001' }],
      lines: [{ switchId: SWITCH_ID, did: '+74950000001', lineNumber: 'line-1' }],
      colleagues: ['1002'],
      switches: [SWITCH_ID],
      clicksOfUser: 0,
      clicksOfPortal: 0,
      callsOfUser: 0,
      standIns: [],
    });
  });

  it('who else could be called, in the order in which they are to be asked, and in how many calls they are', async () => {
    const call = ringingCall('talk', { legs: [employeeLeg('talk-b', '1002', 'acme.example')] });
    await new CallStore(store.dataSource).commit([{ call, events: [] }]);
    expect(await factsOf({ userId: 3, standIns: [2, 3, 1] })).toMatchObject({
      phones: [],
      callsOfUser: 0,
      standIns: [
        { userId: 2, phones: [{ switchId: SWITCH_ID, domain: '', extension: '1002' }], calls: 1 },
        { userId: 1, phones: [{ extension: '1001' }], calls: 0 },
      ],
    });
  });

  it('how often was clicked in the last minute', async () => {
    await clicks.decide(request, '1', NOW - 61 * SECONDS, refused('old', 'b24-1'));
    await clicks.decide(request, '2', NOW - 59 * SECONDS, refused('new', 'b24-2'));
    expect(await factsOf()).toMatchObject({ clicksOfUser: 1, clicksOfPortal: 1 });
  });

  it('the calls its user is in, and those on their way to him', async () => {
    const call = ringingCall('talk', { legs: [employeeLeg('talk-b', '1001', 'acme.example')] });
    const foreign = ringingCall('foreign', { legs: [employeeLeg('foreign-b', '1001', 'globex.example')] });
    await new CallStore(store.dataSource).commit([call, foreign].map((one) => ({ call: one, events: [] })));
    await clicks.decide(request, '1', NOW, ordered('waiting'));
    await clicks.decide(request, '2', NOW, ordered('taken'));
    await clicks.take('taken', NOW);
    await clicks.decide(request, '3', NOW, refused('over', 'b24-1'));
    expect(await factsOf()).toMatchObject({ callsOfUser: 3 });
  });

  it('how far the portal’s clocks are behind ours, by its quickest events', async () => {
    const inbox = new PortalEventStore(store.dataSource);
    const told = (minutesAgo: number, behindMs: number) => {
      const receivedAt = Math.floor(NOW / 1000) * 1000 - minutesAgo * 60 * SECONDS;
      const registered = Math.floor((receivedAt - behindMs) / 1000) - 7;
      const data = { minutesAgo, CALL_ID: `externalCall.0f.${registered}` };
      return inbox.store({
        portalId,
        name: 'ONAPPTEST',
        data,
        receivedAt,
        ts: (receivedAt - behindMs) / 1000,
      });
    };
    expect(await clicks.clockSkew(portalId, NOW)).toEqual({ queueMs: 0, portalMs: 0 });
    await told(60, 9_000);
    await told(50, 4_000);
    expect(await clicks.clockSkew(portalId, NOW)).toEqual({ queueMs: 0, portalMs: 0 });
    await told(40, 300_000);
    // Came just now: a queue that was stopped says nothing about clocks.
    await told(1, 2_000);
    expect(await clicks.clockSkew(portalId, NOW)).toEqual({ queueMs: 4_000, portalMs: 11_000 });
  });
});

it('a directory says whose an extension is', async () => {
  const directory = new DirectoryStore(store.dataSource);
  await directory.replaceUsers(portalId, [{ userId: 3, switchId: SWITCH_ID, extension: '1003' }]);
  expect(await directory.ownersOf('1003')).toEqual([{ portalId, userId: 3, switchId: SWITCH_ID }]);
});
