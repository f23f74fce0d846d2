import { portalUnderTest } from '../testing/ask';

function setUp() {
  const parts = portalUnderTest();
  const token = parts.portal.issueToken({ scopes: ['im'], userId: 3 });
  return { ...parts, add: (params: object) => parts.ask('im.message.add', params, token) };
}

describe('im.message.add', () => {
  it('writes to a user or a chat, in the name of the owner of the token or of nobody', async () => {
    const { add, portal } = setUp();
    expect((await add({ DIALOG_ID: 2, MESSAGE: ' Call back, please. ' })).body.result).toBe(6001);
    await add({ DIALOG_ID: 'chat17', MESSAGE: 'Missed call', SYSTEM: 'Y' });
    expect(portal.state.messages).toEqual([
      { id: 6001, dialogId: '2', fromUserId: 3, text: 'Call back, please.' },
      { id: 6002, dialogId: 'chat17', fromUserId: null, text: 'Missed call' },
    ]);
  });

  it.each([
    [{ MESSAGE: 'x' }, 'USER_ID_EMPTY'],
    [{ DIALOG_ID: 2 }, 'MESSAGE_EMPTY'],
    [{ DIALOG_ID: 2, MESSAGE: '  ' }, 'MESSAGE_EMPTY'],
    [{ DIALOG_ID: 99, MESSAGE: 'x' }, 'USER_NOT_FOUND'],
    [{ DIALOG_ID: 17, MESSAGE: 'x' }, 'USER_NOT_FOUND'],
    [{ DIALOG_ID: 'room', MESSAGE: 'x' }, 'CHAT_ID'],
  ])('refuses %j', async (params, error) => {
    const { add } = setUp();
    expect(await add(params)).toMatchObject({ status: 400, body: { error } });
  });

  it('refuses what is too large', async () => {
    const { add } = setUp();
    const { body } = await add({ DIALOG_ID: 2, ATTACH: 'x'.repeat(60_001) });
    expect(body.error).toBe('ATTACH_OVERSIZE');
  });
});
