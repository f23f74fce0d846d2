import { commonRefusals, contract, oauthRefusals } from './contract';
import type { DocumentedRefusal, MethodName } from './contract';
import type { PortalErrorKind, Verdict } from './errors';
import { judge } from './judge';
import { isHarmlessToRepeat, OAUTH_TOKEN, riskiestOf } from './method-safety';
import type { RequestName } from './method-safety';

const NOW = 1_773_130_779_000;
const FINISH = 'telephony.externalCall.finish';
const REGISTER = 'telephony.externalCall.register';
const SHOW = 'telephony.externalCall.show';
const ATTACH = 'telephony.externalCall.attachRecord';

const words = (status: number, code: string, description: string, method: RequestName = FINISH) =>
  judge(status, { error: code, error_description: description }, method, NOW);
const bare = (status: number, method: RequestName = FINISH) => judge(status, undefined, method, NOW);

type Row = readonly [keyof typeof commonRefusals, PortalErrorKind, Verdict];

describe('refusals of every method', () => {
  const rows: readonly Row[] = [
    ['QUERY_LIMIT_EXCEEDED', 'rate-limited', 'retry'],
    ['OVERLOAD_LIMIT', 'blocked-by-vendor', 'ask-a-person'],
    ['OPERATION_TIME_LIMIT', 'operation-limit', 'wait-until'],
    ['expired_token', 'token-expired', 'refresh-token'],
    ['NO_AUTH_FOUND', 'token-expired', 'refresh-token'],
    ['INVALID_REQUEST', 'https-required', 'ask-a-person'],
    ['NO_COMMERCIAL_PLAN', 'no-rest-on-this-plan', 'ask-a-person'],
    ['INVALID_CREDENTIALS', 'access-denied', 'ask-a-person'],
    ['insufficient_scope', 'access-denied', 'ask-a-person'],
    ['user_access_error', 'access-denied', 'ask-a-person'],
    ['WRONG_AUTH_TYPE', 'access-denied', 'ask-a-person'],
    ['METHOD_CONFIRM_WAITING', 'confirmation-needed', 'ask-a-person'],
    ['METHOD_CONFIRM_DENIED', 'access-denied', 'ask-a-person'],
    ['ERROR_METHOD_NOT_FOUND', 'method-not-found', 'ask-a-person'],
    ['ERROR_MANIFEST_IS_NOT_AVAILABLE', 'method-not-found', 'ask-a-person'],
    ['PORTAL_DELETED', 'portal-deleted', 'ask-a-person'],
    ['ERROR_ARGUMENT', 'invalid-params', 'give-up'],
    ['INTERNAL_SERVER_ERROR', 'server-error', 'unknown-outcome'],
    ['ERROR_UNEXPECTED_ANSWER', 'server-error', 'unknown-outcome'],
  ];

  it.each(rows)('%s means %s: %s', (name, kind, verdict) => {
    const { httpStatus, code, description } = commonRefusals[name];
    expect(words(httpStatus, code, description)).toMatchObject({ kind, verdict });
    expect(words(httpStatus, code.toUpperCase(), description)).toMatchObject({ kind, verdict });
    expect(words(httpStatus, code.toLowerCase(), description)).toMatchObject({ kind, verdict });
  });

  it('are all in the table', () => {
    expect(new Set(rows.map(([name]) => name))).toEqual(new Set(Object.keys(commonRefusals)));
  });

  it('ACCESS_DENIED is about the plan or about rights, as its text says', () => {
    expect(words(403, 'ACCESS_DENIED', 'Access denied!').kind).toBe('access-denied');
  });

  it('an operation-time block ends when the portal says so', () => {
    const time = { operating: 480, operating_reset_at: 1_773_131_000 };
    const error = { error: 'OPERATION_TIME_LIMIT', time };
    expect(judge(429, error, FINISH, NOW).until).toBe(1_773_131_000_000);
  });

  it('an operation-time block ends by the clock of the portal, however wrong ours is', () => {
    const time = { finish: 1_773_130_900.5, operating_reset_at: 1_773_131_000 };
    expect(judge(429, { error: 'OPERATION_TIME_LIMIT', time }, FINISH, NOW).until).toBe(NOW + 99_500);
  });

  it('an operation-time block without an end lasts ten minutes', () => {
    expect(words(429, 'OPERATION_TIME_LIMIT', '').until).toBe(NOW + 600_000);
  });
});

describe('refusals of the methods themselves', () => {
  const documented = Object.entries(contract).flatMap(([method, { refusals }]) =>
    Object.entries<DocumentedRefusal>(refusals).map(([name, refusal]) => ({ method, name, refusal })),
  );

  it.each(documented)('$method: $name is known', ({ method, refusal }) => {
    const { httpStatus, code, description } = refusal;
    const judged = words(httpStatus, code, description, method as MethodName);
    expect(judged.kind).not.toBe('refused');
    // the pages print ERROR_CORE where portals in the field send an empty code
    if (code === 'ERROR_CORE') expect(words(400, '', description, method as MethodName)).toEqual(judged);
  });

  it.each([
    [FINISH, 'Call is not found (call should be registered prior to finishing)', 'call-not-found', 'give-up'],
    [FINISH, 'User is not found or is not active', 'user-not-found', 'give-up'],
    [FINISH, 'Unexpected database error', 'database-error', 'unknown-outcome'],
    [REGISTER, 'Unsupported phone number format', 'bad-phone-number', 'give-up'],
    [REGISTER, 'Unknown TYPE', 'invalid-params', 'give-up'],
    [
      ATTACH,
      'Call is not found in the statistic table. It looks like it is not finished yet.',
      'not-finished-yet',
      'retry',
    ],
    [ATTACH, 'Server returns HTTP error code 404', 'recording-not-fetched', 'retry'],
    [ATTACH, 'Wrong file extension. Only wav and mp3 are allowed', 'bad-recording', 'give-up'],
    [
      'telephony.externalCall.searchCrmEntities',
      'CRM is not installed.',
      'crm-not-installed',
      'ask-a-person',
    ],
  ] as const)('%s "%s" means %s: %s', (method, text, kind, verdict) => {
    expect(words(400, 'ERROR_CORE', text, method)).toEqual({ kind, verdict });
  });

  it.each([
    ['telephony.externalLine.add', 400, 'ERROR_CORE', 'Line already exists', 'already-there', 'give-up'],
    ['telephony.externalLine.update', 400, '', 'Could not find line with number 5', 'not-found', 'give-up'],
    ['telephony.externalLine.add', 400, 'ERROR_CORE', 'DB error', 'database-error', 'retry'],
    ['event.bind', 400, '', 'Unable to set event handler', 'already-there', 'give-up'],
    ['event.bind', 400, 'ERROR_EVENT_NOT_FOUND', 'Event not found', 'not-found', 'give-up'],
    ['crm.item.get', 400, 'NOT_FOUND', 'Item not found', 'not-found', 'give-up'],
    ['crm.status.list', 400, '', 'Access denied.', 'access-denied', 'ask-a-person'],
    [
      'app.info',
      400,
      'ACCESS_DENIED',
      'Access denied! Application context required',
      'access-denied',
      'ask-a-person',
    ],
    ['im.notify.system.add', 400, 'MESSAGE_EMPTY', '', 'invalid-params', 'give-up'],
    ['im.notify.system.add', 500, 'INTERNAL_SERVER_ERROR', '', 'server-error', 'unknown-outcome'],
  ] as const)('%s: HTTP %d %s "%s" means %s: %s', (method, status, code, text, kind, verdict) => {
    expect(words(status, code, text, method)).toEqual({ kind, verdict });
  });

  it('a refusal that nobody has heard of is given up', () => {
    expect(words(400, 'SOMETHING_NEW', 'Whatever')).toEqual({ kind: 'refused', verdict: 'give-up' });
    expect(words(200, 'SOMETHING_NEW', 'Whatever')).toEqual({ kind: 'refused', verdict: 'give-up' });
  });
});

describe('refusals of the OAuth server', () => {
  it.each([
    ['invalidGrant', 'refresh-token-dead'],
    ['badVerificationCode', 'refresh-token-dead'],
    ['invalidClient', 'client-rejected'],
    ['wrongClient', 'client-rejected'],
    ['invalidScope', 'access-denied'],
    ['insufficientScope', 'access-denied'],
    ['invalidRequest', 'invalid-params'],
    ['paymentRequired', 'no-rest-on-this-plan'],
  ] as const)('%s means %s and needs a person, with whatever status', (name, kind) => {
    const { code, description } = oauthRefusals[name];
    for (const status of [200, 400, 401, 403])
      expect(words(status, code, description, OAUTH_TOKEN)).toEqual({ kind, verdict: 'ask-a-person' });
  });

  it('an unknown one needs a person, too: no portal is given up unseen', () => {
    expect(words(404, 'NEW_CODE', '', OAUTH_TOKEN)).toEqual({ kind: 'refused', verdict: 'ask-a-person' });
    expect(bare(418, OAUTH_TOKEN)).toEqual({ kind: 'refused', verdict: 'ask-a-person' });
  });

  it('trouble of its own is tried again', () => {
    expect(bare(502, OAUTH_TOKEN)).toEqual({ kind: 'server-error', verdict: 'retry' });
    expect(bare(200, OAUTH_TOKEN)).toEqual({ kind: 'unreadable-answer', verdict: 'retry' });
    expect(words(500, 'INTERNAL_SERVER_ERROR', '', OAUTH_TOKEN).verdict).toBe('retry');
  });

  it('do not colour the refusals of methods', () => {
    expect(words(400, 'invalid_grant', '', FINISH)).toEqual({ kind: 'refused', verdict: 'give-up' });
  });
});

describe('the riskiest of several methods', () => {
  it('is one that may not be repeated, if there is any', () => {
    expect(riskiestOf([SHOW, FINISH, 'user.get'])).toBe(FINISH);
    expect(riskiestOf([SHOW, REGISTER])).toBe(REGISTER);
    expect(isHarmlessToRepeat(riskiestOf(['user.get', SHOW]))).toBe(true);
  });
});

describe('answers without words', () => {
  it.each([
    [200, 'unreadable-answer', 'unknown-outcome'],
    [302, 'redirected', 'ask-a-person'],
    [403, 'access-denied', 'ask-a-person'],
    [404, 'bad-address', 'ask-a-person'],
    [413, 'refused', 'give-up'],
    [429, 'rate-limited', 'retry'],
    [500, 'server-error', 'unknown-outcome'],
    [502, 'server-error', 'unknown-outcome'],
    [503, 'server-error', 'unknown-outcome'],
  ] as const)('HTTP %d means %s: %s', (status, kind, verdict) =>
    expect(bare(status)).toEqual({ kind, verdict }),
  );
});

describe('what may have run', () => {
  it.each([
    SHOW,
    'telephony.externalCall.hide',
    ATTACH,
    'upload',
    'user.get',
    'voximplant.statistic.get',
  ] as const)('is simply repeated if it was %s', (method) => {
    expect(isHarmlessToRepeat(method)).toBe(true);
    expect(bare(500, method).verdict).toBe('retry');
  });

  it.each([REGISTER, FINISH] as const)('has an unknown outcome if it was %s', (method) => {
    expect(isHarmlessToRepeat(method)).toBe(false);
    expect(bare(500, method).verdict).toBe('unknown-outcome');
  });

  it('is repeated without a thought when the rate limit refused it first', () => {
    expect(words(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests', FINISH).verdict).toBe('retry');
  });
});
