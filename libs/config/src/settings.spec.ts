import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cliSettings, databaseSettings, gatewaySettings, queueSettings, workerSettings } from './settings';
import { SettingsError } from './read-settings';

const DATABASE_URL = 'postgres://connector:pg-secret@db/connector';
const QUEUE_URL = 'redis://:redis-secret@redis:6379/0';
const SWITCHES = JSON.stringify([{ id: 'main', host: '10.0.0.5', password: 'esl-secret' }]);
const SECRET_KEYS = `k1:${Buffer.alloc(32, 1).toString('base64')}`;
const GATEWAY = { DATABASE_URL, QUEUE_URL, SWITCHES, SECRET_KEYS };

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'settings-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The names of the bad variables, and the whole message. */
function refusal(read: () => unknown): { names: string[]; message: string } {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsError)
      return { names: error.bad.map(({ name }) => name), message: error.message };
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('settings', () => {
  it('needs little: the rest has defaults', () => {
    const settings = gatewaySettings(GATEWAY);
    expect(settings.database).toEqual({ url: DATABASE_URL, poolSize: 10 });
    expect(settings.roles).toEqual(['switch', 'http']);
    expect(settings.switches).toEqual([
      { id: 'main', host: '10.0.0.5', port: 8021, password: 'esl-secret', recordings: [] },
    ]);
    expect(settings.policy).toEqual({
      defaultRegion: 'RU',
      cards: 'ringing',
      finishWhen: 'at-end',
      recordingUpload: 'two-step',
    });
  });

  it('tells everything that is missing at once, and what it is for', () => {
    const { names, message } = refusal(() => gatewaySettings({}));
    expect(names).toEqual(['DATABASE_URL', 'QUEUE_URL', 'SECRET_KEYS', 'SWITCHES']);
    expect(message).toContain('DATABASE_URL: is not set. The Postgres database');
  });

  it('takes an empty variable for one that is not set', () => {
    expect(workerSettings({ ...GATEWAY, LOG_LEVEL: '' }).log.level).toBe('info');
    expect(refusal(() => databaseSettings({ DATABASE_URL: '' })).names).toEqual(['DATABASE_URL']);
  });

  it.each([
    ['LOG_LEVEL', 'loud'],
    ['HTTP_PORT', '70000'],
    ['HTTP_PORT', '3000.5'],
    ['GROUP_COMMIT_MS', '-1'],
    ['GATEWAY_ROLES', 'switch,kitchen'],
    ['GATEWAY_ROLES', ','],
    ['DEFAULT_REGION', 'Russia'],
    ['DATABASE_URL', 'mysql://db/connector'],
    ['QUEUE_URL', 'not an address'],
    ['HTTP_HOST', 'a\nb'],
    ['DATABASE_POOL_SIZE', '1'],
    ['ALLOWED_PORTALS', 'portal.lan/rest'],
    ['ALLOWED_PORTALS', 'http://portal.lan:8080'],
    ['OAUTH_SERVERS', 'oauth.bitrix.info'],
    ['TRUSTED_PROXIES', '10.0.0.1; 10.0.0.2'],
    ['KEEP_EVENTS_DAYS', '0'],
  ])('refuses %s=%j', (name, value) => {
    expect(refusal(() => gatewaySettings({ ...GATEWAY, [name]: value })).names).toEqual([name]);
  });

  it('accepts both kinds of queue', () => {
    expect(queueSettings({ QUEUE_URL }).url).toBe(QUEUE_URL);
    expect(queueSettings({ QUEUE_URL: DATABASE_URL }).url).toBe(DATABASE_URL);
  });

  it('never repeats a value in a message', () => {
    const secret = 'hunter2';
    const { message } = refusal(() =>
      gatewaySettings({
        DATABASE_URL: `mysql://connector:${secret}@db`,
        QUEUE_URL: `amqp://${secret}`,
        SWITCHES: `[{"id":"main","password":"${secret}",]`,
        LOG_LEVEL: secret,
        DATABASE_URL_FILE: secret,
        DEFAULT_REGION: secret,
        HTTP_PORT: secret,
      }),
    );
    expect(message).not.toContain(secret);
  });
});

describe('the settings of portals', () => {
  it('are not asked of a gateway that only follows switches', () => {
    const follower = { DATABASE_URL, QUEUE_URL, SWITCHES, GATEWAY_ROLES: 'switch' };
    expect(gatewaySettings(follower).secrets.keys).toEqual([]);
  });

  it('are lists and addresses, and none of them has to be set', () => {
    expect(gatewaySettings(GATEWAY)).toMatchObject({
      http: { trustedProxies: ['loopback'] },
      portals: { allowed: [], oauthServers: [] },
      keep: { ledgerDays: 90, eventDays: 30 },
    });
    expect(workerSettings(GATEWAY).publicUrl).toBeUndefined();
    const given = workerSettings({
      ...GATEWAY,
      ALLOWED_PORTALS: 'portal.company.lan:8443, http://127.0.0.1:*,*.test.lan',
      OAUTH_SERVERS: 'http://127.0.0.1:4000',
      PUBLIC_URL: 'https://connector.example.com/',
    });
    expect(given).toMatchObject({
      portals: {
        allowed: ['portal.company.lan:8443', 'http://127.0.0.1:*', '*.test.lan'],
        oauthServers: ['http://127.0.0.1:4000'],
      },
      publicUrl: 'https://connector.example.com',
    });
  });

  it.each([
    'connector.example.com',
    'http://connector.example.com',
    'https://connector.example.com/bitrix24',
    'https://user:pass@connector.example.com',
    'https://connector.example.com?x',
  ])('refuses the public address %s', (text) => {
    expect(refusal(() => workerSettings({ ...GATEWAY, PUBLIC_URL: text })).names).toEqual(['PUBLIC_URL']);
  });
});

describe('the switches that the doctor looks at', () => {
  const switchesOf = (SWITCHES: string) => cliSettings({ ...GATEWAY, SWITCHES }).switches;

  it('may be none, or be known without a way in', () => {
    expect(switchesOf('')).toEqual([]);
    const recordings = [{ from: '/a', to: '/b' }];
    expect(switchesOf(JSON.stringify([{ id: 'main', recordings }]))).toEqual([
      { id: 'main', port: 8021, recordings },
    ]);
  });

  it('may have their passwords in files; one that cannot be read is unknown', () => {
    const withFile = (passwordFile: string) => JSON.stringify([{ id: 'main', host: 'fs', passwordFile }]);
    expect(switchesOf(withFile(file('esl', 'esl-secret\n')))).toMatchObject([{ password: 'esl-secret' }]);
    expect(switchesOf(withFile('/nowhere'))).toEqual([
      { id: 'main', host: 'fs', port: 8021, recordings: [] },
    ]);
  });

  it('are refused when the text is none', () => {
    expect(refusal(() => switchesOf('[{')).names).toEqual(['SWITCHES']);
  });
});

describe('secrets from files', () => {
  it('are read without the line end of the file', () => {
    const settings = databaseSettings({ DATABASE_URL_FILE: file('database', `${DATABASE_URL}\n`) });
    expect(settings.url).toBe(DATABASE_URL);
  });

  it('are refused when the file cannot be read, or the value is given twice', () => {
    const missing = refusal(() => databaseSettings({ DATABASE_URL_FILE: '/does/not/exist' }));
    expect(missing.names).toEqual(['DATABASE_URL_FILE']);
    const twice = refusal(() =>
      databaseSettings({ DATABASE_URL, DATABASE_URL_FILE: file('twice', DATABASE_URL) }),
    );
    expect(twice.names).toEqual(['DATABASE_URL_FILE']);
  });

  it('are for secrets alone', () => {
    expect(workerSettings({ ...GATEWAY, LOG_LEVEL_FILE: file('level', 'debug') }).log.level).toBe('info');
  });
});

describe('SWITCHES', () => {
  const one = { id: 'main', host: 'pbx', password: 'esl-secret' };
  const read = (...list: object[]) =>
    gatewaySettings({ ...GATEWAY, SWITCHES: JSON.stringify(list) }).switches;

  it('takes the password from a file', () => {
    const passwordFile = file('esl', 'from-the-file\n');
    expect(read({ ...one, password: undefined, passwordFile })).toEqual([
      { id: 'main', host: 'pbx', port: 8021, password: 'from-the-file', recordings: [] },
    ]);
  });

  it('keeps what it is told about each switch', () => {
    const whole = {
      ...one,
      port: 8022,
      user: 'connector@pbx.example',
      defaultPortal: 'acme.bitrix24.ru',
      recordings: [{ from: '/var/lib/freeswitch/recordings', to: '/recordings' }],
    };
    expect(read(whole)).toEqual([whole]);
  });

  it.each([
    ['no password at all', { ...one, password: undefined }, 'SWITCHES[0]'],
    ['a password and a file', { ...one, passwordFile: '/run/secrets/esl' }, 'SWITCHES[0]'],
    ['a file that is not there', { ...one, password: undefined, passwordFile: '/no' }, 'SWITCHES[0]'],
    ['an empty password', { ...one, password: '' }, 'SWITCHES[0].password'],
    ['a misspelt field', { ...one, pasword: 'x' }, 'SWITCHES[0]'],
    ['an id that does not last', { ...one, id: 'Main PBX' }, 'SWITCHES[0].id'],
    ['a user without a domain', { ...one, user: 'connector' }, 'SWITCHES[0].user'],
    ['a port as text', { ...one, port: '8021' }, 'SWITCHES[0].port'],
    [
      'a root that climbs',
      { ...one, recordings: [{ from: '/a', to: '/b/../etc' }] },
      'SWITCHES[0].recordings[0].to',
    ],
  ])('refuses %s', (_what, wrong, name) => {
    const { names, message } = refusal(() => read(wrong));
    expect(names).toEqual([name]);
    expect(message).not.toContain('esl-secret');
  });

  it('refuses an empty list, and one id for two switches', () => {
    expect(refusal(() => read()).names).toEqual(['SWITCHES']);
    expect(refusal(() => read(one, { ...one, host: 'other' })).message).toContain('an id of its own');
  });

  it('is not asked of a gateway that is the public door alone', () => {
    const door = { DATABASE_URL, QUEUE_URL, SECRET_KEYS, GATEWAY_ROLES: 'http' };
    expect(gatewaySettings(door).switches).toEqual([]);
  });

  it('tells the worker where recordings are, without any password', () => {
    const recordings = [{ from: '/var/lib/freeswitch/recordings', to: '/recordings' }];
    const settings = workerSettings({
      ...GATEWAY,
      SWITCHES: JSON.stringify([{ id: 'main', recordings }]),
    });
    expect(settings.recordings).toEqual([{ id: 'main', recordings }]);
  });

  it('gives the worker no password that it was given all the same', () => {
    const settings = workerSettings({
      ...GATEWAY,
      SWITCHES: JSON.stringify([{ ...one, passwordFile: '/not/mounted' }]),
    });
    expect(JSON.stringify(settings.recordings)).toBe('[{"id":"main","recordings":[]}]');
  });
});
