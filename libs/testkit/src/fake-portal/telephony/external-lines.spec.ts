import { portalUnderTest } from '../testing/ask';

const ADD = 'telephony.externalLine.add';
const UPDATE = 'telephony.externalLine.update';
const DELETE = 'telephony.externalLine.delete';
const GET = 'telephony.externalLine.get';

describe('external lines', () => {
  it('are added with a NUMBER, which is their key, and CRM_AUTO_CREATE is Y by default', async () => {
    const { ask } = portalUnderTest();
    expect((await ask(ADD, { NUMBER: 'line-3', NAME: 'Sales' })).body.result).toEqual({ ID: 101 });
    expect((await ask(GET)).body.result).toContainEqual({
      NUMBER: 'line-3',
      NAME: 'Sales',
      CRM_AUTO_CREATE: 'Y',
    });
  });

  it('are got without their ids', async () => {
    const { ask } = portalUnderTest();
    expect((await ask(GET)).body.result).toEqual([
      { NUMBER: 'line-1', NAME: 'Main line', CRM_AUTO_CREATE: 'Y' },
      { NUMBER: 'line-2', NAME: 'Support', CRM_AUTO_CREATE: 'N' },
    ]);
  });

  it('belong to the application', async () => {
    const { ask, portal } = portalUnderTest();
    const theirs = portal.issueToken({ appId: '4' });
    expect((await ask(GET, {}, theirs)).body.result).toEqual([]);
    expect((await ask(ADD, { NUMBER: 'line-1' }, theirs)).status).toBe(200);
    expect((await ask(DELETE, { NUMBER: 'line-2' }, theirs)).status).toBe(400);
    expect((await ask(GET)).body.result).toHaveLength(2);
  });

  it('are updated, name and flag each by itself', async () => {
    const { ask } = portalUnderTest();
    const { body } = await ask(UPDATE, { NUMBER: 'line-1', NAME: 'Front desk' });
    expect(body.result).toMatchObject({ ID: expect.any(Number) as number });
    const again = await ask(UPDATE, { NUMBER: 'line-1', CRM_AUTO_CREATE: 'N' });
    expect(again.body.result).toEqual(body.result);
    expect((await ask(GET)).body.result).toContainEqual({
      NUMBER: 'line-1',
      NAME: 'Front desk',
      CRM_AUTO_CREATE: 'N',
    });
  });

  it('are deleted, with an empty list for an answer', async () => {
    const { ask } = portalUnderTest();
    expect((await ask(DELETE, { NUMBER: 'line-1' })).body.result).toEqual([]);
    expect((await ask(GET)).body.result).toMatchObject([{ NUMBER: 'line-2' }]);
  });

  it.each([
    [ADD, {}, 'NUMBER should not be empty'],
    [ADD, { NUMBER: 'line-1' }, 'Line already exists'],
    [UPDATE, { NUMBER: '', NAME: 'x' }, 'NUMBER should not be empty'],
    [UPDATE, { NUMBER: 'line-1' }, 'There are no fields to update'],
    [UPDATE, { NUMBER: 'line-$&', NAME: 'x' }, 'Could not find line with number line-$&'],
    [DELETE, {}, 'NUMBER should not be empty'],
    [DELETE, { NUMBER: 'line-9' }, 'Could not find line with number line-9'],
  ])('%s with %j is refused: %s', async (method, params, text) => {
    const { ask } = portalUnderTest();
    expect(await ask(method, params)).toEqual({
      status: 400,
      body: { error: 'ERROR_CORE', error_description: text },
    });
  });

  it.each([ADD, UPDATE, DELETE, GET])('%s is not for webhooks: 403 WRONG_AUTH_TYPE', async (method) => {
    const { portal } = portalUnderTest();
    const path = `/rest/1/${portal.access.issueWebhook()}/${method}?NUMBER=line-1`;
    const reply = await portal.handle({ method: 'GET', path, headers: {} });
    expect(reply.status).toBe(403);
    expect(reply.body).toContain('WRONG_AUTH_TYPE');
  });
});
