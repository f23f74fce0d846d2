import { Client } from 'pg';
import { inspect } from 'node:util';
import { createTestDatabase } from '@app/testkit';
import type { Call, CallEvent } from '@app/calls';
import fc from 'fast-check';
import { createDataSource } from '../data-source';
import { refusalOf } from '../testing/refusal-of';
import {
  at,
  clientLeg,
  employeeLeg,
  endedCall,
  mergedCall,
  recordingOf,
  ringingCall,
  someClick,
  TEN_O_CLOCK,
} from '../testing/some-call';
import { openTestStore, seedSwitchAndPortal, type TestStore } from '../testing/test-store';
import { CallStore } from './call.store';
import type { CallChange } from './group-rows';

let store: TestStore;
let calls: CallStore;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
  calls = new CallStore(store.dataSource);
});

beforeEach(async () => {
  await store.clear();
  await seedSwitchAndPortal(store.dataSource);
});

afterAll(() => store.close());

const change = (call: Call, ...events: CallEvent[]): CallChange => ({
  call,
  events: events.map((event, index) => ({
    event,
    coreUuid: 'core-1',
    sequence: 100 + index,
    observedAt: TEN_O_CLOCK + 5,
  })),
});

const rang = (channelUuid: string): CallEvent => ({ type: 'LegRang', channelUuid, moment: at(1) });

describe('a committed call', () => {
  it('is written with its channels, recordings and journal', async () => {
    await calls.commit([change(endedCall('c1'), rang('c1-b'))]);

    expect(await store.sql.rows('SELECT * FROM call')).toMatchObject([
      {
        call_id: 'c1',
        switch_id: 'main',
        started_at: new Date(TEN_O_CLOCK),
        ended_at: new Date(TEN_O_CLOCK + 70_000),
        direction: 'inbound',
        external_number: '+79161234567',
        external_name: 'Anna',
        did: '+74950000001',
        outcome: 'answered',
        talk_seconds: 60,
        version: 5,
        merged_into: null,
      },
    ]);
    expect(await store.sql.rows('SELECT * FROM channel ORDER BY channel_uuid')).toMatchObject([
      {
        channel_uuid: 'c1-a',
        call_id: 'c1',
        party: 'outside',
        extension: null,
        hangup_cause: 'NORMAL_CLEARING',
      },
      { channel_uuid: 'c1-b', call_id: 'c1', party: 'employee', extension: '1001', domain: 'acme.example' },
    ]);
    expect(await store.sql.rows('SELECT * FROM recording')).toMatchObject([
      {
        call_id: 'c1',
        path: '/recordings/c1.wav',
        channel_uuid: 'c1-a',
        length_ms: '60000',
        discarded: false,
      },
    ]);
    expect(await store.sql.rows('SELECT *, event_day::text AS day FROM call_event')).toMatchObject([
      {
        call_id: 'c1',
        core_uuid: 'core-1',
        event_sequence: '100',
        kind: 'LegRang',
        subject: 'c1-b',
        day: '2026-11-20',
        occurred_at: new Date(TEN_O_CLOCK + 1000),
        observed_at: new Date(TEN_O_CLOCK + 5),
        body: rang('c1-b'),
      },
    ]);
  });

  it('has neither outcome nor talk time while it goes on', async () => {
    await calls.commit([change(ringingCall('c1'))]);
    const rows = await store.sql.rows('SELECT ended_at, outcome, talk_seconds FROM call');
    expect(rows).toEqual([{ ended_at: null, outcome: null, talk_seconds: null }]);
  });

  it('is given back as it was, as long as it goes on', async () => {
    const open = ringingCall('c2', { version: 2 });
    await calls.commit([change(endedCall('c1')), change(open)]);
    expect(await calls.openCalls('main')).toEqual([open]);
    expect(await calls.openCalls('other')).toEqual([]);
  });

  it('is written once, as the last of a group of changes left it', async () => {
    await calls.commit([
      change(endedCall('c1', 9)),
      change(ringingCall('c1')),
      change(ringingCall('c1', { version: 4 })),
    ]);
    expect(await store.sql.rows('SELECT version, outcome FROM call')).toEqual([
      { version: 9, outcome: 'answered' },
    ]);
  });

  it('ends no earlier than it started, though the clock of the switch was set back', async () => {
    const ended = endedCall('c1');
    const legs = ended.legs.map((leg) => ({
      ...leg,
      ended: { moment: at(-60), transferredAway: false, lost: false },
    }));
    await calls.commit([change({ ...ended, legs })]);
    expect(await store.sql.rows('SELECT ended_at - started_at AS length FROM call')).toMatchObject([
      { length: {} },
    ]);
  });

  it('is not written again by an older version, nor are its channels', async () => {
    await calls.commit([change(endedCall('c1', 5))]);
    await calls.commit([change(ringingCall('c1', { version: 4 }))]);
    expect(await store.sql.rows('SELECT version, outcome FROM call')).toEqual([
      { version: 5, outcome: 'answered' },
    ]);
    const open = await store.sql.rows('SELECT channel_uuid FROM channel WHERE ended_at IS NULL');
    expect(open).toEqual([]);
  });

  it('is the newest version whatever the order and the grouping of the commits', async () => {
    const versions = fc.array(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 4 }), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(versions, fc.uuid(), async (groups, callId) => {
        for (const group of groups) {
          await calls.commit(group.map((version) => change(ringingCall(callId, { version }))));
        }
        const rows = await store.sql.rows('SELECT version FROM call WHERE call_id = $1', [callId]);
        const newest = Math.max(0, ...groups.flat());
        expect(rows).toEqual(newest === 0 ? [] : [{ version: newest }]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('the journal', () => {
  const count = async () => (await store.sql.rows('SELECT FROM call_event')).length;

  it('has every event once, however often it is committed, alone or with others', async () => {
    const one = change(ringingCall('c1'), rang('c1-b'), {
      type: 'LegAnswered',
      channelUuid: 'c1-b',
      moment: at(5),
    });
    const other = change(ringingCall('c2'), rang('c2-b'));
    await calls.commit([one, other]);
    await calls.commit([other]);
    await calls.commit([one]);
    expect(await count()).toBe(3);
  });

  it('keeps apart what one event of the switch tells of several channels', async () => {
    const lost = (channelUuid: string): CallEvent => ({
      type: 'LegEnded',
      channelUuid,
      end: { moment: at(30), transferredAway: false, lost: true },
    });
    const entry = (event: CallEvent) => ({ event, coreUuid: 'core-2', sequence: 1, observedAt: TEN_O_CLOCK });
    await calls.commit([
      { call: ringingCall('c1'), events: [entry(lost('c1-a')), entry(lost('c1-b'))] },
      { call: ringingCall('c2'), events: [entry(lost('c2-a'))] },
    ]);
    expect(await count()).toBe(3);
  });

  it('takes every kind of event', async () => {
    const channelUuid = 'c1-a';
    const kinds: Record<CallEvent['type'], CallEvent> = {
      ClickTaken: { type: 'ClickTaken', click: someClick(), moment: at(0) },
      ClickEnded: { type: 'ClickEnded', end: { trouble: 'lost', moment: at(16) } },
      LegJoined: { type: 'LegJoined', leg: clientLeg(channelUuid) },
      LegRang: { type: 'LegRang', channelUuid, moment: at(1) },
      LegAnswered: { type: 'LegAnswered', channelUuid, moment: at(2) },
      LegsBridged: { type: 'LegsBridged', bridge: { a: channelUuid, b: 'c1-b', moment: at(3) } },
      LegsUnbridged: { type: 'LegsUnbridged', unbridge: { a: channelUuid, moment: at(4) } },
      LegHeld: { type: 'LegHeld', channelUuid, moment: at(5) },
      LegResumed: { type: 'LegResumed', channelUuid, moment: at(6) },
      LegParked: { type: 'LegParked', channelUuid, moment: at(7), slot: '6001' },
      LegQueued: { type: 'LegQueued', channelUuid, move: { moment: at(8), queue: 'support' } },
      LegTransferred: {
        type: 'LegTransferred',
        transfer: { transferId: 't1', channelUuid, to: '1002', moment: at(8) },
      },
      RoomEntered: { type: 'RoomEntered', channelUuid, moment: at(9), room: '3001' },
      RoomLeft: { type: 'RoomLeft', channelUuid, moment: at(10), room: '3001' },
      RecordingStarted: { type: 'RecordingStarted', channelUuid, moment: at(11), path: '/r.wav' },
      RecordingStopped: {
        type: 'RecordingStopped',
        channelUuid,
        moment: at(12),
        path: '/r.wav',
        discarded: false,
      },
      LegEnded: {
        type: 'LegEnded',
        channelUuid,
        end: { moment: at(13), transferredAway: false, lost: false },
      },
      CallRouted: {
        type: 'CallRouted',
        note: {
          channelUuid,
          moment: at(17),
          step: 'ring',
          why: 'queue',
          whom: ['1001'],
          passedOver: [{ extension: '1002', why: 'busy' }],
          client: 'unknown',
        },
      },
      CallAbsorbed: { type: 'CallAbsorbed', other: ringingCall('c2'), moment: at(14) },
      CallMerged: { type: 'CallMerged', into: 'c0', moment: at(15) },
    };
    const events = Object.values(kinds);
    await calls.commit([change(ringingCall('c1'), ...events)]);
    const rows = await store.sql.rows('SELECT kind, body FROM call_event ORDER BY event_sequence');
    expect(rows).toEqual(events.map((body) => ({ kind: body.type, body })));
  });
});

describe('two calls that met', () => {
  const winner = (): Call => ({
    ...ringingCall('old', { version: 4, absorbed: ['young'] }),
    legs: [clientLeg('old-a'), employeeLeg('old-b'), clientLeg('young-a'), employeeLeg('young-b')],
    recordings: [recordingOf('old'), recordingOf('young')],
  });
  const young = () => ringingCall('young', { recordings: [recordingOf('young')] });

  const owners = async () => ({
    channels: await store.sql.rows('SELECT DISTINCT call_id FROM channel'),
    recordings: await store.sql.rows('SELECT call_id, path FROM recording ORDER BY path'),
  });
  const allOfTheOlder = {
    channels: [{ call_id: 'old' }],
    recordings: [
      { call_id: 'old', path: '/recordings/old.wav' },
      { call_id: 'old', path: '/recordings/young.wav' },
    ],
  };

  it('are one: channels and recordings move to the older, the younger points to it', async () => {
    await calls.commit([change(ringingCall('old')), change(young())]);
    await calls.commit([change(winner()), change(mergedCall('young', 'old'))]);
    expect(await owners()).toEqual(allOfTheOlder);
    const rows = await store.sql.rows(
      `SELECT merged_into, outcome, talk_seconds FROM call WHERE call_id = 'young'`,
    );
    expect(rows).toEqual([{ merged_into: 'old', outcome: null, talk_seconds: 0 }]);
    expect((await calls.openCalls('main')).map((call) => call.callId)).toEqual(['old']);
  });

  it('may have met within one group, before either was written', async () => {
    await calls.commit([change(young()), change(winner()), change(mergedCall('young', 'old'))]);
    expect(await owners()).toEqual(allOfTheOlder);
  });

  it('stay one when an outdated change of the younger comes after', async () => {
    await calls.commit([change(winner()), change(mergedCall('young', 'old'))]);
    await calls.commit([change(young())]);
    expect(await owners()).toEqual(allOfTheOlder);
  });
});

describe('a group that can not be written', () => {
  const spoiled: readonly (readonly [string, Call])[] = [
    [
      'a NUL in a name',
      ringingCall('bad', {
        legs: [clientLeg('bad-a', { origin: { ...clientLeg('x').origin, callerName: 'A\u0000' } })],
      }),
    ],
    [
      'half a character',
      ringingCall('bad', {
        legs: [clientLeg('bad-a', { origin: { ...clientLeg('x').origin, callerName: '\ud800' } })],
      }),
    ],
    ['a time that is none', ringingCall('bad', { started: { at: Number.NaN, seq: 1 } })],
    ['a time before all calendars', ringingCall('bad', { started: { at: -8.6e15, seq: 1 } })],
    ['an unknown switch', ringingCall('bad', { switchId: 'nobody' })],
    ['an empty channel uuid', ringingCall('bad', { legs: [clientLeg('')] })],
  ];

  it.each(spoiled)(
    'for %s, is refused whole, and can be split until the bad one stands alone',
    async (_what, bad) => {
      const good = change(ringingCall('good'), rang('good-b'));
      const refusal = await refusalOf(calls.commit([good, change(bad)]));
      expect(refusal).toMatchObject({ name: 'StoreError', kind: 'bad-row' });
      expect(await store.sql.rows('SELECT FROM call')).toEqual([]);

      await calls.commit([good]);
      expect((await refusalOf(calls.commit([change(bad)]))).kind).toBe('bad-row');
      expect(await store.sql.rows('SELECT call_id FROM call')).toEqual([{ call_id: 'good' }]);
    },
  );

  it('says nothing of what the row holds', async () => {
    const secret = clientLeg('bad-a', { origin: { ...clientLeg('x').origin, callerName: 'Anna\u0000' } });
    const refusal = await refusalOf(calls.commit([change(ringingCall('bad', { legs: [secret] }))]));
    expect(inspect(refusal, { depth: 9 })).not.toContain('Anna');
  });

  it('because the database is away, may be written as it is, later', async () => {
    const away = createDataSource(store.url.replace(/:\d+\//, ':1/'));
    const closed = await createDataSource(store.url).initialize();
    await closed.destroy();
    for (const dataSource of [away, closed]) {
      const refusal = await refusalOf(new CallStore(dataSource).commit([change(ringingCall('c1'))]));
      expect(refusal).toMatchObject({ kind: 'unavailable', verdict: 'retry' });
    }
  });

  it('because its connection was cut, may be written as it is, later', async () => {
    const other = await createDataSource(store.url, {
      poolSize: 1,
      applicationName: 'to-be-cut',
    }).initialize();
    const blocker = store.dataSource.createQueryRunner();
    await blocker.query('BEGIN');
    await blocker.query('LOCK TABLE call IN ACCESS EXCLUSIVE MODE');
    const refusal = refusalOf(new CallStore(other).commit([change(ringingCall('c1'))]));
    let cut: unknown[] = [];
    while (cut.length === 0) {
      cut = await store.sql.rows(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'to-be-cut' AND wait_event_type = 'Lock'`,
      );
    }
    expect(await refusal).toMatchObject({ kind: 'unavailable' });
    await blocker.query('ROLLBACK');
    await blocker.release();
    await new CallStore(other).commit([change(ringingCall('c1'))]);
    await other.destroy();
    expect(await store.sql.rows('SELECT call_id FROM call')).toEqual([{ call_id: 'c1' }]);
  });
});

describe('a large group', () => {
  it('takes as many statements as a small one', async () => {
    const query = jest.spyOn(Client.prototype as { query(config: { text: string }): void }, 'query');
    const group = Array.from({ length: 500 }, (_, n) => change(endedCall(`call-${n}`), rang(`call-${n}-b`)));
    await calls.commit(group);
    const statements = query.mock.calls.map(([{ text }]) => text.trim());
    query.mockRestore();
    expect(statements.map((statement) => statement.split(' ', 3).join(' '))).toEqual([
      'BEGIN',
      'INSERT INTO call',
      'INSERT INTO channel',
      'INSERT INTO recording',
      'INSERT INTO call_event',
      'COMMIT',
    ]);
    expect(await store.sql.rows('SELECT count(*)::int AS count FROM channel')).toEqual([{ count: 1000 }]);
  });
});
