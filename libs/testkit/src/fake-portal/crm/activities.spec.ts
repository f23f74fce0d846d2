import { ATTACH, FINISH, KNOWN, filed, portalUnderTest, registered } from '../testing/ask';

const GET = 'crm.activity.get';
const LIST = 'crm.activity.list';

/** An answered call with a recording, and a missed one, of contact 101; one of contact 102. */
async function setUp() {
  const parts = portalUnderTest();
  const { ask, clock } = parts;
  const answered = await filed(ask, { PHONE_NUMBER: KNOWN }, { DURATION: 60 });
  await ask(ATTACH, { CALL_ID: answered, FILENAME: 'a.mp3', FILE_CONTENT: 'QUJD' });
  clock.advance(60_000);
  const missed = await registered(ask, { PHONE_NUMBER: KNOWN });
  await ask(FINISH, { CALL_ID: missed, USER_ID: 2 });
  await filed(ask, { PHONE_NUMBER: '+12025550102', TYPE: 1 });
  const list = async (params: object) => (await ask(LIST, params)).body.result as Record<string, unknown>[];
  return { ...parts, answered, missed, list };
}

describe('activities', () => {
  it('are made by finish, one per call', async () => {
    const { ask, answered } = await setUp();
    expect((await ask(GET, { id: 7001 })).body.result).toEqual({
      ID: '7001',
      TYPE_ID: '2',
      PROVIDER_ID: 'VOXIMPLANT_CALL',
      PROVIDER_TYPE_ID: 'CALL',
      DIRECTION: '1',
      OWNER_ID: '101',
      OWNER_TYPE_ID: '3',
      RESPONSIBLE_ID: '1',
      START_TIME: '2026-03-07T07:00:00+00:00',
      END_TIME: '2026-03-07T07:01:00+00:00',
      COMPLETED: 'Y',
      SUBJECT: 'Incoming call 442079460101',
      ORIGIN_ID: `VI_${answered}`,
      FILES: [{ id: 9001 }],
      COMMUNICATIONS: [{ TYPE: 'PHONE', VALUE: '442079460101', ENTITY_ID: '101' }],
    });
  });

  it('are listed by owner, by binding, by responsible and by origin', async () => {
    const { list, missed } = await setUp();
    const idsOf = async (filter: object) => (await list({ filter })).map(({ ID }) => ID);
    expect(await idsOf({ OWNER_TYPE_ID: 3, OWNER_ID: 101 })).toEqual(['7001', '7002']);
    expect(await idsOf({ BINDINGS: [{ OWNER_TYPE_ID: 3, OWNER_ID: 102 }] })).toEqual(['7003']);
    expect(await idsOf({ RESPONSIBLE_ID: 2 })).toEqual(['7002']);
    expect(await idsOf({ ORIGIN_ID: `VI_${missed}` })).toEqual(['7002']);
    expect(await idsOf({ COMPLETED: 'N' })).toEqual(['7002']);
    expect(await idsOf({ DIRECTION: 2 })).toEqual(['7003']);
    expect(await idsOf({ '>=START_TIME': '2026-03-07T07:01:00+00:00' })).toEqual(['7002', '7003']);
  });

  it('have files and communications if they are selected', async () => {
    const { list } = await setUp();
    const [whole] = await list({ order: { ID: 'ASC' } });
    expect(whole).not.toHaveProperty('FILES');
    const [chosen] = await list({ select: ['FILES', 'SUBJECT'], order: { ID: 'ASC' } });
    expect(chosen).toEqual({ ID: '7001', SUBJECT: 'Incoming call 442079460101', FILES: [{ id: 9001 }] });
    expect((await list({ order: { ID: 'DESC' } })).map(({ ID }) => ID)).toEqual(['7003', '7002', '7001']);
  });

  it('that are not there are refused without a code, and so is who may not see clients', async () => {
    const { ask, portal } = await setUp();
    expect(await ask(GET, { id: 1 })).toEqual({
      status: 400,
      body: { error: '', error_description: 'Activity is not found' },
    });
    portal.company.users[0]!.mayReadCrm = false;
    for (const method of [GET, LIST])
      expect(await ask(method, { id: 7001 })).toMatchObject({
        status: 400,
        body: { error: '', error_description: 'Access denied.' },
      });
  });

  it('are none in a new portal', async () => {
    const { ask } = portalUnderTest();
    expect((await ask(LIST, { filter: { OWNER_ID: 1 } })).body).toMatchObject({ result: [], total: 0 });
  });
});

describe('crm.settings.mode.get', () => {
  it('tells whether there are leads', async () => {
    const { ask, portal } = portalUnderTest();
    expect((await ask('crm.settings.mode.get')).body.result).toBe(1);
    portal.company.crmMode = 'simple';
    expect((await ask('crm.settings.mode.get')).body.result).toBe(2);
  });
});
