import { FINISH, HIDE, SHOW, portalUnderTest, registered } from '../testing/ask';

describe('show', () => {
  it('opens the card for one user or many, and remembers since when', async () => {
    const { ask, clock, portal } = portalUnderTest();
    const CALL_ID = await registered(ask, { SHOW: 0 });
    clock.advance(500);
    expect((await ask(SHOW, { CALL_ID, USER_ID: [2, 3] })).body.result).toBe(true);
    await ask(SHOW, { CALL_ID, USER_ID: '4' });
    expect(portal.screens.viewers(CALL_ID)).toEqual([2, 3, 4]);
    expect(portal.screens.of(2)).toEqual([{ callId: CALL_ID, shownAt: clock.now(), by: 'show' }]);
  });

  it('without a user is for the user of register', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask, { USER_ID: 5, SHOW: 0 });
    await ask(SHOW, { CALL_ID });
    expect(portal.screens.viewers(CALL_ID)).toEqual([5]);
  });

  it('of an open card opens no second one', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    await ask(SHOW, { CALL_ID, USER_ID: 1 });
    expect(portal.screens.of(1)).toHaveLength(1);
  });
});

describe('hide', () => {
  it('closes the card of the given users and leaves the others', async () => {
    const { ask, clock, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    await ask(SHOW, { CALL_ID, USER_ID: [2, 3] });
    clock.advance(1_000);
    expect((await ask(HIDE, { CALL_ID, USER_ID: [1, 2] })).body.result).toBe(true);
    expect(portal.screens.viewers(CALL_ID)).toEqual([3]);
    expect(portal.screens.of(1)).toMatchObject([{ hiddenAt: clock.now(), hiddenBy: 'hide' }]);
  });

  it('is true even for who has no card, and may be repeated', async () => {
    const { ask } = portalUnderTest();
    const CALL_ID = await registered(ask, { SHOW: 0 });
    expect((await ask(HIDE, { CALL_ID, USER_ID: 9 })).body.result).toBe(true);
    expect((await ask(HIDE, { CALL_ID, USER_ID: 9 })).body.result).toBe(true);
  });

  it('then show is a new card', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask);
    await ask(HIDE, { CALL_ID, USER_ID: 1 });
    await ask(SHOW, { CALL_ID, USER_ID: 1 });
    expect(portal.screens.of(1)).toHaveLength(2);
    expect(portal.screens.openOn(1)).toHaveLength(1);
  });
});

describe.each([SHOW, HIDE])('%s of a call', (method) => {
  it('that nobody registered is false with HTTP 200', async () => {
    const { ask } = portalUnderTest();
    expect(await ask(method, { CALL_ID: 'externalCall.0.0', USER_ID: 1 })).toMatchObject({
      status: 200,
      body: { result: false },
    });
  });

  it('that is finished is false with HTTP 200', async () => {
    const { ask } = portalUnderTest();
    const CALL_ID = await registered(ask);
    await ask(FINISH, { CALL_ID, USER_ID: 1 });
    expect(await ask(method, { CALL_ID, USER_ID: 1 })).toMatchObject({
      status: 200,
      body: { result: false },
    });
  });
});
