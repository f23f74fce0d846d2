import {
  ATTACH,
  FINISH,
  HIDE,
  REGISTER,
  SHOW,
  STRANGER,
  filed,
  portalUnderTest,
  registered,
} from '../testing/ask';
import type { FakePortal } from '../fake-portal';

const kinds = (portal: FakePortal) => portal.audit().map(({ kind }) => kind);

describe('the audit is content with', () => {
  it('a call that was registered, shown, hidden, finished and recorded', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    await ask(SHOW, { CALL_ID, USER_ID: [2, 3] });
    await ask(HIDE, { CALL_ID, USER_ID: [1, 3] });
    await ask(FINISH, { CALL_ID, USER_ID: 2, DURATION: 5 });
    await ask(ATTACH, { CALL_ID, FILENAME: 'a.wav', FILE_CONTENT: 'QUJD' });
    expect(portal.audit()).toEqual([]);
  });

  it('a second finish after the answer to the first was lost', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    portal.inject({ kind: 'execute-then-drop', method: FINISH });
    await expect(ask(FINISH, { CALL_ID, USER_ID: 1 })).rejects.toThrow();
    await ask(FINISH, { CALL_ID, USER_ID: 1 });
    expect(portal.audit()).toEqual([]);
  });

  it('a call whose CALL_ID never reached the client', async () => {
    const { ask, portal } = portalUnderTest();
    portal.inject({ kind: 'execute-then-drop', method: REGISTER });
    await expect(registered(ask)).rejects.toThrow();
    expect(portal.audit()).toEqual([]);
  });

  it('a finish for somebody who has just been dismissed', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    portal.company.users[0]!.active = false;
    await ask(FINISH, { CALL_ID, USER_ID: 1 });
    await ask(FINISH, { CALL_ID, USER_ID: 2 });
    expect(portal.audit()).toEqual([]);
  });

  it('a card for somebody who was dismissed later', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    await ask(SHOW, { CALL_ID, USER_ID: 2 });
    portal.company.users[1]!.active = false;
    await ask(FINISH, { CALL_ID, USER_ID: 1 });
    expect(portal.audit()).toEqual([]);
  });

  it('two talks of one transferred call', async () => {
    const { ask, portal } = portalUnderTest();
    await filed(ask, { EXTERNAL_CALL_ID: 'a' });
    await filed(ask, { EXTERNAL_CALL_ID: 'a', TYPE: 3 });
    expect(portal.audit()).toEqual([]);
  });
});

describe('the audit complains about', () => {
  it('a second finish', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await filed(ask);
    await ask(FINISH, { CALL_ID, USER_ID: 1 });
    expect(portal.audit()).toEqual([{ kind: 'second-finish', detail: CALL_ID }]);
  });

  it('a finish of a call that nobody registered', async () => {
    const { ask, portal } = portalUnderTest();
    await ask(FINISH, { CALL_ID: 'externalCall.0.0', USER_ID: 1 });
    expect(kinds(portal)).toEqual(['finish-of-unknown-call']);
  });

  it('a recording before finish', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    await ask(ATTACH, { CALL_ID, FILENAME: 'a.wav', FILE_CONTENT: 'QUJD' });
    await ask(FINISH, { CALL_ID, USER_ID: 1 });
    expect(kinds(portal)).toEqual(['attach-before-finish']);
  });

  it('a call that was never finished, and its open cards', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    await ask(SHOW, { CALL_ID, USER_ID: 2 });
    await ask(HIDE, { CALL_ID, USER_ID: 1 });
    expect(portal.audit()).toEqual([
      { kind: 'never-finished', detail: `${CALL_ID} (EXTERNAL_CALL_ID none)` },
      { kind: 'card-left-open', detail: `${CALL_ID} on the screen of user 2` },
    ]);
  });

  it.each([17, 99])('a card for user %d, who is not there', async (USER_ID) => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    await ask(SHOW, { CALL_ID, USER_ID: [2, USER_ID] });
    await ask(FINISH, { CALL_ID, USER_ID: 2 });
    expect(portal.audit()).toEqual([
      { kind: 'card-for-inactive-user', detail: `${CALL_ID} for user ${USER_ID}` },
    ]);
  });

  it('one physical call filed twice', async () => {
    const { ask, portal } = portalUnderTest();
    await filed(ask, { EXTERNAL_CALL_ID: 'a' });
    await filed(ask, { EXTERNAL_CALL_ID: 'a' });
    expect(kinds(portal)).toEqual(['filed-twice']);
  });

  it('a request that could never succeed', async () => {
    const { ask, portal } = portalUnderTest();
    await ask(REGISTER, { USER_ID: 1, PHONE_NUMBER: 'anonymous', TYPE: 2 });
    await ask('telephony.externalCall.answer', {});
    expect(portal.audit()).toEqual([
      { kind: 'invalid-request', detail: `${REGISTER}: Unsupported phone number format` },
      { kind: 'invalid-request', detail: 'telephony.externalCall.answer: ' },
    ]);
  });

  it('a parameter that does not exist', async () => {
    const { ask, portal } = portalUnderTest();
    await filed(ask, {}, { DURATIN: 5 });
    expect(portal.audit()).toEqual([{ kind: 'unknown-parameter', detail: `${FINISH}: DURATIN` }]);
  });

  it('what the documentation leaves open', async () => {
    const { ask, portal } = portalUnderTest();
    const both = { USER_ID: 1, USER_PHONE_INNER: '1001', PHONE_NUMBER: STRANGER, TYPE: 2 };
    const { CALL_ID } = (await ask(REGISTER, both)).body.result as { CALL_ID: string };
    await ask(HIDE, { CALL_ID });
    await ask(FINISH, { CALL_ID, USER_ID: 1 });
    expect(kinds(portal)).toEqual(['undocumented-use', 'undocumented-use']);
  });
});
