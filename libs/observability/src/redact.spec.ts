import { HIDDEN, redact, redactText } from './redact';

describe('redact', () => {
  it.each([
    'password',
    'access_token',
    'refreshToken',
    'APPLICATION-TOKEN',
    'client_secret',
    'Authorization',
    'AUTH_ID',
    'auth',
  ])('hides the field %s', (name) => {
    expect(redact({ [name]: 'secret', other: 1 })).toEqual({ [name]: HIDDEN, other: 1 });
  });

  it('hides in whatever depth and list', () => {
    expect(redact({ switches: [{ id: 'main', password: 'secret' }] })).toEqual({
      switches: [{ id: 'main', password: HIDDEN }],
    });
  });

  it('lets one read that there is no secret', () => {
    expect(redact({ token: undefined, password: null, hasToken: true })).toEqual({
      token: undefined,
      password: null,
      hasToken: true,
    });
  });

  it('keeps what people need of an error, and of its cause', () => {
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', password: 'secret' });
    const shown = redact({ err: new Error('no connection', { cause }) });
    expect(shown).toMatchObject({
      err: { name: 'Error', message: 'no connection', cause: { code: 'ECONNREFUSED', password: HIDDEN } },
    });
    expect(JSON.stringify(shown)).toContain('redact.spec');
  });

  it('comes to an end with cycles, depth and big integers', () => {
    const cycle: Record<string, unknown> = { size: 10n };
    cycle.self = cycle;
    expect(JSON.stringify(redact(cycle))).toContain('"size":"10"');
  });

  it('leaves the value it was given as it was', () => {
    const value = { password: 'secret' };
    redact(value);
    expect(value.password).toBe('secret');
  });
});

describe('redactText', () => {
  it.each([
    ['postgres://connector:secret@db/calls', `postgres://${HIDDEN}@db/calls`],
    ['redis://:secret@redis:6379/0', `redis://${HIDDEN}@redis:6379/0`],
    [
      'https://acme.bitrix24.ru/rest/17/abcdef123456/user.get',
      `https://acme.bitrix24.ru/rest/17/${HIDDEN}/user.get`,
    ],
    ['/oauth/token/?client_secret=secret&grant=1', `/oauth/token/?client_secret=${HIDDEN}&grant=1`],
    ['user.get?auth=secret', `user.get?auth=${HIDDEN}`],
  ])('hides the secret in %s', (text, shown) => {
    expect(redactText(text)).toBe(shown);
  });

  it.each(['https://acme.bitrix24.ru/rest/user.get', 'sip:1001@pbx', 'at 12:30 to a@b', 'author=me'])(
    'leaves %s alone',
    (text) => {
      expect(redactText(text)).toBe(text);
    },
  );

  it('leaves a line of JSON a line of JSON', () => {
    const value = { url: 'http://host', mail: 'x:y@z', quoted: 'auth=a"b', other: 'auth=a\\b' };
    expect(JSON.parse(redactText(JSON.stringify(value)))).toMatchObject({
      url: 'http://host',
      mail: 'x:y@z',
    });
  });
});
