import type { Call, RouteNote } from '@app/calls';
import { createTestDatabase } from '@app/testkit';
import { CallStore } from '../calls/call.store';
import { DirectoryStore } from '../portals/directory.store';
import { endedCall, employeeLeg, ringingCall } from '../testing/some-call';
import { refusalOf } from '../testing/refusal-of';
import {
  ACME,
  GLOBEX,
  openTestStore,
  seedSwitchAndPortal,
  SWITCH_ID,
  type TestStore,
} from '../testing/test-store';
import { RouteStore } from './route.store';

const ROUTE = { strategy: 'sequential', members: [1001, 1002] };

let store: TestStore;
let directory: DirectoryStore;
let routes: RouteStore;
let acme: string;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  directory = new DirectoryStore(store.dataSource);
  routes = new RouteStore(store.dataSource);
  acme = await seedSwitchAndPortal(store.dataSource, ACME);
  await directory.saveLines(acme, [{ switchId: SWITCH_ID, did: '+74950000001', lineNumber: 'sales' }]);
});

afterAll(() => store.close());

describe('a line that routes its callers', () => {
  it('is found by the number as a switch tells it, with its plan and whose phone is whose', async () => {
    await directory.replaceUsers(acme, [{ userId: 11, switchId: SWITCH_ID, extension: '1001' }]);
    await routes.save(acme, { switchId: SWITCH_ID, did: '+74950000001' }, ROUTE);
    expect(await routes.lineOf({ switchId: SWITCH_ID, did: '74950000001' })).toMatchObject({
      portalId: acme,
      lineNumber: 'sales',
      plan: { strategy: 'sequential', members: [{ extension: '1001' }, { extension: '1002' }] },
      extensions: [{ userId: 11, extension: '1001' }],
    });
  });

  it('is none before somebody says so, nor after somebody has taken it back', async () => {
    const found = () => routes.lineOf({ switchId: SWITCH_ID, did: '+74950000001' });
    expect(await found()).toBeUndefined();
    await routes.save(acme, { switchId: SWITCH_ID, did: '+74950000001' }, ROUTE);
    expect(await found()).toBeDefined();
    await routes.save(acme, { switchId: SWITCH_ID, did: '+74950000001' }, undefined);
    expect(await found()).toBeUndefined();
  });

  it('keeps its route when the line itself is saved anew', async () => {
    await routes.save(acme, { switchId: SWITCH_ID, did: '+74950000001' }, ROUTE);
    await directory.saveLines(acme, [{ switchId: SWITCH_ID, did: '+74950000001', lineNumber: 'other' }]);
    expect(await routes.lineOf({ switchId: SWITCH_ID, did: '+74950000001' })).toMatchObject({
      lineNumber: 'other',
    });
  });

  it('is nobody’s when two companies claim the number', async () => {
    const globex = await seedSwitchAndPortal(store.dataSource, GLOBEX);
    const did = '+74950000001';
    await directory.saveLines(globex, [
      { switchId: SWITCH_ID, domain: 'globex.example', did, lineNumber: 'x' },
    ]);
    await routes.save(acme, { switchId: SWITCH_ID, did }, ROUTE);
    await routes.save(globex, { switchId: SWITCH_ID, did, domain: 'globex.example' }, ROUTE);
    expect(await routes.lineOf({ switchId: SWITCH_ID, did })).toBeUndefined();
  });

  it('takes no settings that cannot be read, and none for a line of somebody else', async () => {
    const place = { switchId: SWITCH_ID, did: '+74950000001' };
    expect(await refusalOf(routes.save(acme, place, { strategy: 'random' }))).toMatchObject({
      kind: 'bad-row',
    });
    const globex = await seedSwitchAndPortal(store.dataSource, GLOBEX);
    expect(await refusalOf(routes.save(globex, place, ROUTE))).toMatchObject({ kind: 'bad-row' });
    expect(await routes.of(acme)).toMatchObject([{ did: '+74950000001', settings: undefined }]);
  });
});

describe('who talked with a client last', () => {
  it('is who answered his last answered call, if that is not too long ago', async () => {
    await new CallStore(store.dataSource).commit([{ call: endedCall('c1'), events: [] }]);
    const last = (number: string, days: number) => routes.lastManager(SWITCH_ID, [number], days);
    expect(await last('+79161234567', 3_650)).toBe('1001');
    expect(await last('+79160000000', 3_650)).toBeUndefined();
    expect(await last('+79161234567', 0)).toBeUndefined();
  });
});

describe('what a gateway that starts goes on from', () => {
  const MINUTE = 60_000;
  const DAY = 24 * 60 * MINUTE;
  const now = Date.now();
  const since = (minutes: number) => ({ at: now - minutes * MINUTE, seq: 1 });

  /** A call that began so many minutes ago, in which 1001 or somebody else talked for one of them. */
  function talk(callId: string, minutes: number, extension = '1001'): Call {
    const end = { hangupCause: 'NORMAL_CLEARING', transferredAway: false, lost: false };
    const times = { created: since(minutes), answered: since(minutes) };
    const [client] = ringingCall(callId).legs;
    const legs = [client, employeeLeg(`${callId}-b`, extension)].flatMap((leg) =>
      leg ? [{ ...leg, ...times, ended: { ...end, moment: since(minutes - 1) } }] : [],
    );
    return ringingCall(callId, { started: since(minutes), legs, version: 2 });
  }

  const rung = (minutes: number, whom: readonly string[], why: RouteNote['why'] = 'queue') => ({
    event: {
      type: 'CallRouted' as const,
      note: {
        channelUuid: 'a',
        moment: since(minutes),
        step: 'ring' as const,
        why,
        whom,
        passedOver: [],
        client: 'not-asked' as const,
      },
    },
    coreUuid: 'core-1',
    sequence: 0,
    observedAt: now,
  });

  it('is when everybody’s last talk ended; a ring is none, and a day is remembered', async () => {
    const ringsNow = ringingCall('c3', { started: since(1) });
    const changes = [talk('c1', 30), talk('c2', 20), talk('c4', 40, '1002'), talk('c5', 2 * 24 * 60, '1003')];
    await new CallStore(store.dataSource).commit(
      [...changes, ringsNow].map((call) => ({ call, events: [] })),
    );
    const { idle } = await routes.pastOf(SWITCH_ID);
    expect([...idle].sort((a, b) => a.since - b.since)).toEqual([
      { extension: '1002', since: now - 39 * MINUTE },
      { extension: '1001', since: now - 19 * MINUTE },
    ]);
    expect(await routes.pastOf('another')).toEqual({ idle: [], lastRung: [] });
  });

  it('is who rang last in his turn for each line', async () => {
    await new CallStore(store.dataSource).commit([
      { call: talk('c1', 30), events: [rung(30, ['1001']), rung(29, ['1002'])] },
      { call: talk('c2', 20), events: [rung(20, ['1003'], 'responsible')] },
      { call: talk('c3', 2 * (DAY / MINUTE)), events: [rung(2 * (DAY / MINUTE), ['1009'])] },
    ]);
    expect((await routes.pastOf(SWITCH_ID)).lastRung).toEqual([
      { portalId: acme, did: '74950000001', extension: '1002' },
    ]);
  });
});
