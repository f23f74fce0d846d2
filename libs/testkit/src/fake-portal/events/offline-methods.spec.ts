import { contract } from '@app/bitrix24/contract';
import { portalUnderTest } from '../testing/ask';
import { ListeningApp } from '../testing/listening-app';

const CALLBACK = 'ONEXTERNALCALLBACKSTART';

interface Records {
  readonly process_id: string | null;
  readonly events: readonly {
    readonly MESSAGE_ID: string;
    readonly ID: string;
    readonly EVENT_DATA: object;
  }[];
}

async function setUp(binding: object = {}) {
  const listener = new ListeningApp();
  const parts = portalUnderTest({ deliver: listener.fetch });
  const { ask, portal } = parts;
  await ask('event.bind', { event: CALLBACK, event_type: 'offline', ...binding });
  const submit = (...numbers: string[]) => {
    for (const phoneNumber of numbers) portal.submitCallbackForm({ phoneNumber });
  };
  const get = async (params: object = {}) =>
    (await ask('event.offline.get', params, portal.issueToken())).body.result as Records;
  const numbersOf = ({ events }: Records) =>
    events.map(({ EVENT_DATA }) => (EVENT_DATA as { PHONE_NUMBER: string }).PHONE_NUMBER);
  return { ...parts, get, listener, numbersOf, submit };
}

describe('event.offline.get', () => {
  it('gives what was kept while nobody listened, in the form of the contract', async () => {
    const { clock, get, listener, portal, submit } = await setUp();
    submit('+1');
    await portal.post.settled();
    expect(listener.received).toEqual([]);
    const answer = await get();
    expect(answer).toEqual({
      process_id: null,
      events: [
        {
          ID: '1',
          TIMESTAMP_X: new Date(clock.now()).toISOString().replace('.000Z', '+00:00'),
          EVENT_NAME: CALLBACK,
          EVENT_DATA: expect.objectContaining({ PHONE_NUMBER: '+1' }) as object,
          EVENT_ADDITIONAL: false,
          MESSAGE_ID: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        },
      ],
    });
    expect(contract['event.offline.get'].result.safeParse(answer).error).toBeUndefined();
  });

  it('deletes by default what it gives', async () => {
    const { get, numbersOf, submit } = await setUp();
    submit('+1', '+2');
    expect(numbersOf(await get({ limit: 1 }))).toEqual(['+1']);
    expect(numbersOf(await get())).toEqual(['+2']);
    expect(numbersOf(await get())).toEqual([]);
  });

  it('with clear=0 reserves it under a process_id, and no other call gets the same', async () => {
    const { get, numbersOf, submit } = await setUp();
    submit('+1', '+2', '+3');
    const one = await get({ clear: 0, limit: 2 });
    const two = await get({ clear: 0, limit: 2 });
    expect([numbersOf(one), numbersOf(two)]).toEqual([['+1', '+2'], ['+3']]);
    expect(one.process_id).toMatch(/^[0-9a-f]{32}$/);
    expect(two.process_id).not.toBe(one.process_id);
  });

  it('reads a reserved part again by its process_id', async () => {
    const { get, numbersOf, submit } = await setUp();
    submit('+1');
    const { process_id } = await get({ clear: 0 });
    expect(numbersOf(await get({ process_id }))).toEqual(['+1']);
  });

  it('forgets a reservation after 30 days', async () => {
    const { clock, get, numbersOf, submit } = await setUp();
    submit('+1');
    const { process_id } = await get({ clear: 0 });
    clock.advance(30 * 24 * 3600 * 1000 - 1);
    expect(numbersOf(await get({ process_id }))).toEqual(['+1']);
    clock.advance(1);
    expect(numbersOf(await get({ process_id }))).toEqual([]);
  });

  it('takes a filter and an order', async () => {
    const { get, numbersOf, submit } = await setUp();
    submit('+1', '+2', '+3');
    expect(numbersOf(await get({ filter: { '>=ID': 2 }, order: { ID: 'DESC' } }))).toEqual(['+3', '+2']);
  });

  it('keeps one record per object: the same again takes the place of the earlier one', async () => {
    const { get, numbersOf, submit } = await setUp();
    submit('+1', '+2', '+1');
    expect(numbersOf(await get())).toEqual(['+2', '+1']);
  });

  it('keeps queues of different connectors apart', async () => {
    const { get, numbersOf, submit } = await setUp({ auth_connector: 'line-1' });
    submit('+1');
    expect(numbersOf(await get())).toEqual([]);
    expect(numbersOf(await get({ auth_connector: 'line-1' }))).toEqual(['+1']);
  });

  it.each(['event.offline.get', 'event.offline.list', 'event.offline.clear', 'event.offline.error'])(
    'is for administrators, as are all of them: %s',
    async (method) => {
      const { ask, portal } = await setUp();
      const token = portal.issueToken({ userId: 2 });
      expect(await ask(method, { process_id: 'a' }, token)).toEqual({
        status: 403,
        body: { error: 'ACCESS_DENIED', error_description: 'Access denied!' },
      });
    },
  );
});

describe('event.offline.clear', () => {
  it('deletes of a reservation what is named by id or message_id', async () => {
    const { ask, get, numbersOf, submit } = await setUp();
    submit('+1', '+2', '+3');
    const { events, process_id } = await get({ clear: 0 });
    await ask('event.offline.clear', { process_id, id: [events[0]?.ID] });
    await ask('event.offline.clear', { process_id, message_id: [events[1]?.MESSAGE_ID] });
    expect(numbersOf(await get({ process_id }))).toEqual(['+3']);
  });

  it('deletes all of it if nothing is named', async () => {
    const { ask, get, numbersOf, submit } = await setUp();
    submit('+1', '+2');
    const { process_id } = await get({ clear: 0 });
    expect((await ask('event.offline.clear', { process_id })).body.result).toBe(true);
    expect(numbersOf(await get({ process_id }))).toEqual([]);
  });
});

describe('event.offline.error', () => {
  it('marks what could not be dealt with, and get gives it with error=1 only', async () => {
    const { ask, get, numbersOf, submit } = await setUp();
    submit('+1', '+2');
    const { events, process_id } = await get({ clear: 0 });
    await ask('event.offline.error', { process_id, message_id: [events[0]?.MESSAGE_ID] });
    expect(numbersOf(await get({ process_id }))).toEqual(['+2']);
    expect(numbersOf(await get())).toEqual([]);
    expect(numbersOf(await get({ error: 1 }))).toEqual(['+1']);
  });
});

describe('event.offline.list', () => {
  it('looks at everything and changes nothing', async () => {
    const { ask, get, numbersOf, submit } = await setUp();
    submit('+1', '+2');
    const { process_id } = await get({ clear: 0, limit: 1 });
    const { body } = await ask('event.offline.list');
    expect(body.total).toBe(2);
    expect(body.result).toMatchObject([
      { ID: '1', PROCESS_ID: process_id, ERROR: 0 },
      { ID: '2', PROCESS_ID: '' },
    ]);
    expect(numbersOf(await get())).toEqual(['+2']);
  });
});

describe('ONOFFLINEEVENT', () => {
  it('says that there is something, at most once in minTimeout seconds', async () => {
    const { ask, clock, listener, portal, submit } = await setUp();
    const handler = 'https://connector.example/offline';
    await ask('event.bind', { event: 'ONOFFLINEEVENT', handler, options: { minTimeout: 10 } });
    submit('+1', '+2');
    clock.advance(9_999);
    submit('+3');
    await portal.post.settled();
    expect(listener.events).toMatchObject([{ event: 'ONOFFLINEEVENT' }]);
    clock.advance(1);
    submit('+4');
    await portal.post.settled();
    expect(listener.received).toHaveLength(2);
  });
});
