import { portalUnderTest } from '../testing/ask';

function setUp() {
  const parts = portalUnderTest();
  const token = parts.portal.issueToken({ userId: 2, scopes: ['im'] });
  const notify = async (method: string, params: object) => (await parts.ask(method, params, token)).body;
  return { ...parts, notify, token };
}

describe('a notice', () => {
  it.each([
    ['im.notify', {}, 2],
    ['im.notify', { TYPE: 'SYSTEM' }, null],
    ['im.notify.personal.add', {}, 2],
    ['im.notify.system.add', {}, null],
  ])('by %s %j is from %s', async (method, params, fromUserId) => {
    const { notify, portal } = setUp();
    const { result } = await notify(method, { USER_ID: 5, MESSAGE: ' Token is dead ', ...params });
    expect(portal.state.notices).toMatchObject([
      { id: result, toUserId: 5, fromUserId, text: 'Token is dead', appId: '3' },
    ]);
  });

  it('takes the place of the one with the same tag', async () => {
    const { notify, portal } = setUp();
    for (const MESSAGE of ['one', 'two'])
      await notify('im.notify.system.add', { USER_ID: 5, MESSAGE, TAG: 'portal-red' });
    await notify('im.notify.system.add', { USER_ID: 5, MESSAGE: 'three' });
    expect(portal.state.notices.map(({ text }) => text)).toEqual(['two', 'three']);
  });

  it('to nobody is false', async () => {
    const { notify } = setUp();
    expect((await notify('im.notify.system.add', { USER_ID: 99, MESSAGE: 'x' })).result).toBe(false);
  });

  it.each([
    ['USER_ID_EMPTY', "User ID can't be empty", { MESSAGE: 'x' }],
    ['MESSAGE_EMPTY', "Message can't be empty", { USER_ID: 5, MESSAGE: '  ' }],
    [
      'ATTACH_OVERSIZE',
      'You have exceeded the maximum allowable size of attach',
      { USER_ID: 5, MESSAGE: 'x', ATTACH: 'x'.repeat(60_001) },
    ],
  ])('is refused with %s', async (error, text, params) => {
    const { notify, portal } = setUp();
    expect(await notify('im.notify.system.add', params)).toEqual({ error, error_description: text });
    expect(portal.state.notices).toEqual([]);
  });

  it('needs the scope im', async () => {
    const { ask } = setUp();
    expect((await ask('im.notify.system.add', { USER_ID: 5, MESSAGE: 'x' })).body.error).toBe(
      'insufficient_scope',
    );
  });
});

describe('im.notify.delete', () => {
  it('removes by id or by tag', async () => {
    const { notify, portal } = setUp();
    const { result: ID } = await notify('im.notify.system.add', { USER_ID: 5, MESSAGE: 'a' });
    await notify('im.notify.system.add', { USER_ID: 5, MESSAGE: 'b', TAG: 'b' });
    expect((await notify('im.notify.delete', { ID })).result).toBe(true);
    expect((await notify('im.notify.delete', { TAG: 'b' })).result).toBe(true);
    expect((await notify('im.notify.delete', { TAG: 'b' })).result).toBe(false);
    expect(portal.state.notices).toEqual([]);
  });

  it('without anything named is PARAMS_ERROR', async () => {
    const { notify } = setUp();
    expect((await notify('im.notify.delete', {})).error).toBe('PARAMS_ERROR');
  });
});
