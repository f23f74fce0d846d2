import { STATISTICS, filed, portalUnderTest, registered } from '../testing/ask';

const METHOD = 'telephony.call.attachTranscription';
const HELLO = { SIDE: 'User', START_TIME: 0, STOP_TIME: 2, MESSAGE: 'Hello.' };
const REPLY = { SIDE: 'Client', START_TIME: '2', STOP_TIME: '5', MESSAGE: 'Windows, please.' };

describe(METHOD, () => {
  it('gives a finished call its transcription, in the statistics too', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await filed(ask);
    const { body } = await ask(METHOD, {
      CALL_ID,
      MESSAGES: [HELLO, REPLY],
      COST: 0.5,
      COST_CURRENCY: 'EUR',
    });
    expect(body.result).toEqual({ TRANSCRIPT_ID: 1 });
    const rows = await ask(STATISTICS, { FILTER: { CALL_ID } });
    expect(rows.body.result).toMatchObject([{ TRANSCRIPT_ID: '1', TRANSCRIPT_PENDING: 'N' }]);
    expect(portal.state.transcripts.get(CALL_ID)?.lines).toEqual([
      { side: 'User', startSeconds: 0, stopSeconds: 2, text: 'Hello.' },
      { side: 'Client', startSeconds: 2, stopSeconds: 5, text: 'Windows, please.' },
    ]);
    expect(portal.audit()).toEqual([]);
  });

  it.each([
    [{ MESSAGES: [HELLO] }, 'CALL_ID should be set'],
    [{ CALL_ID: 'x', MESSAGES: 'Hello.' }, 'MESSAGES should be an array'],
    [
      { CALL_ID: 'x', MESSAGES: [{ ...HELLO, SIDE: 'user' }] },
      'MESSAGES[0][SIDE] should be either Client or User',
    ],
    [
      { CALL_ID: 'x', MESSAGES: [HELLO, { ...HELLO, START_TIME: -1 }] },
      'MESSAGES[1][START_TIME] should be greater or equal to zero',
    ],
    [
      { CALL_ID: 'x', MESSAGES: [{ ...HELLO, STOP_TIME: 0 }] },
      'MESSAGES[0][STOP_TIME] should be greater than zero',
    ],
    [{ CALL_ID: 'x', MESSAGES: [{ ...HELLO, MESSAGE: ' ' }] }, 'MESSAGES[0][MESSAGE] is empty'],
    [{ CALL_ID: 'x', MESSAGES: [HELLO] }, 'Call x is not found. Is it finished?'],
  ])('refuses %j', async (params, error_description) => {
    const { ask } = portalUnderTest();
    expect(await ask(METHOD, params)).toEqual({
      status: 400,
      body: { error: 'ERROR_CORE', error_description },
    });
  });

  it('does not know a call that is not finished', async () => {
    const { ask } = portalUnderTest();
    const CALL_ID = await registered(ask);
    expect((await ask(METHOD, { CALL_ID, MESSAGES: [HELLO] })).body.error_description).toContain(
      'Is it finished?',
    );
  });
});

describe('voximplant.line.outgoing.get', () => {
  const LINE = 'voximplant.line.outgoing.get';

  it('tells the application that the portal calls out with', async () => {
    const { ask, portal } = portalUnderTest();
    expect((await ask(LINE)).body.result).toBe('REST_APP:3');
    portal.chooseOutgoing(undefined);
    expect((await ask(LINE)).body.result).toBe('');
  });

  it('needs the right to manage numbers', async () => {
    const { ask, portal } = portalUnderTest();
    expect(await ask(LINE, {}, portal.issueToken({ userId: 2 }))).toEqual({
      status: 403,
      body: { error: 'ACCESS_DENIED', error_description: 'Access denied!' },
    });
  });
});
