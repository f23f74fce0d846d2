import { transportFailure } from './transport-failure';

/** What Node's fetch throws: the truth is in the cause. */
const fetchFailed = (cause: object) => Object.assign(new TypeError('fetch failed'), { cause });
const systemError = (code: string, syscall?: string) => Object.assign(new Error(code), { code, syscall });

describe('why no answer came', () => {
  it.each([
    ['nobody listens', systemError('ECONNREFUSED', 'connect'), 'not-connected', 'retry'],
    ['no such name', systemError('ENOTFOUND', 'getaddrinfo'), 'not-connected', 'retry'],
    ['the name server is away', systemError('EAI_AGAIN', 'getaddrinfo'), 'not-connected', 'retry'],
    ['no way there', systemError('EHOSTUNREACH', 'connect'), 'not-connected', 'retry'],
    ['no connection in time', systemError('UND_ERR_CONNECT_TIMEOUT'), 'not-connected', 'retry'],
    ['the way broke later', systemError('EHOSTUNREACH', 'write'), 'connection-lost', 'ambiguous'],
    ['reset', systemError('ECONNRESET', 'read'), 'connection-lost', 'ambiguous'],
    ['closed', systemError('UND_ERR_SOCKET'), 'connection-lost', 'ambiguous'],
    [
      'a foreign certificate',
      systemError('ERR_TLS_CERT_ALTNAME_INVALID'),
      'untrusted-certificate',
      'ask-a-person',
    ],
    [
      'an own certificate',
      systemError('DEPTH_ZERO_SELF_SIGNED_CERT'),
      'untrusted-certificate',
      'ask-a-person',
    ],
  ])('%s', (_why, cause, kind, verdict) => {
    expect(transportFailure(fetchFailed(cause))).toMatchObject({ kind, verdict, code: cause.code });
  });

  it('is found when a name has several addresses', () => {
    const perAddress = [systemError('ECONNREFUSED', 'connect'), systemError('ECONNREFUSED', 'connect')];
    const cause = Object.assign(new AggregateError(perAddress), { code: 'ECONNREFUSED' });
    expect(transportFailure(fetchFailed(cause))).toMatchObject({
      kind: 'not-connected',
      code: 'ECONNREFUSED',
    });
  });

  it.each([undefined, null, 'text', {}])('is a lost connection when %p was thrown', (thrown) => {
    expect(transportFailure(thrown)).toMatchObject({
      kind: 'connection-lost',
      verdict: 'ambiguous',
      code: '',
    });
  });
});
