import {
  EslAuthError,
  EslCommandError,
  EslConnectionLostError,
  EslError,
  EslRefusedError,
  EslTimeoutError,
  EslUnsafeCommandError,
  FramingError,
  MalformedEventError,
} from './errors';

it.each([
  [new EslAuthError('x'), 'EslAuthError', 'ask-a-person'],
  [new EslRefusedError('x'), 'EslRefusedError', 'ask-a-person'],
  [new EslTimeoutError('api x', 5, true), 'EslTimeoutError', 'unknown-outcome'],
  [new EslTimeoutError('connecting', 5, false), 'EslTimeoutError', 'retry'],
  [new EslConnectionLostError('x', { sent: true }), 'EslConnectionLostError', 'unknown-outcome'],
  [new EslConnectionLostError('x'), 'EslConnectionLostError', 'retry'],
  [new EslCommandError('api uuid_kill', '-ERR No such channel!\n'), 'EslCommandError', 'give-up'],
  [new EslCommandError('api status', '-ERR permission denied'), 'EslCommandError', 'ask-a-person'],
  [new EslUnsafeCommandError('x'), 'EslUnsafeCommandError', 'give-up'],
  [new FramingError('x'), 'FramingError', 'retry'],
  [new MalformedEventError('x'), 'MalformedEventError', 'give-up'],
])('%s says %s and %s', (error, name, verdict) => {
  expect(error).toBeInstanceOf(EslError);
  expect([error.name, error.verdict]).toEqual([name, verdict]);
});

it('carry what is known: the reply without its line end, the cause', () => {
  const cause = new Error('ECONNRESET');

  expect(new EslCommandError('api uuid_kill', '-ERR No such channel!\n')).toMatchObject({
    reply: '-ERR No such channel!',
    message: 'api uuid_kill: -ERR No such channel!',
  });
  expect(new EslConnectionLostError('x', { cause }).cause).toBe(cause);
});
