import { logInLine, logInRefused, logInTimeout } from './log-in';

it('auth with the one password of the switch, userauth with a user of the directory', () => {
  expect(logInLine({ password: 'p:1@x' })).toBe('auth p:1@x');
  expect(logInLine({ user: 'crm@pbx.local', password: 'p:1@x' })).toBe('userauth crm@pbx.local:p:1@x');
});

it('a refusal names the user, never the password', () => {
  const { message } = logInRefused({ user: 'crm@pbx.local', password: 'secret' });

  expect(message).toContain('crm@pbx.local');
  expect(message).not.toContain('secret');
});

it('a log-in reply that was cut off is told from a switch that says nothing', () => {
  expect(logInTimeout(3_000, '')).toMatchObject({ name: 'EslTimeoutError', verdict: 'retry' });
  expect(
    logInTimeout(3_000, 'Content-Type: command/reply\nReply-Text: +OK accepted\nAllowed-Events: CHANN'),
  ).toMatchObject({
    name: 'EslAuthError',
    verdict: 'ask-a-person',
    message: 'the log-in reply was cut: esl-allowed-events and esl-allowed-api are too long together',
  });
});
