import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import {
  cliSettings,
  databaseSettings,
  environmentTable,
  gatewaySettings,
  workerSettings,
} from '@app/config';
import { loadSwitchConfig } from '@app/testkit';

interface Service {
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly profiles?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, null>>;
}

const ROOT = resolve(__dirname, '../..');
const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
const compose = parse(text, { merge: true }) as Compose;
const schema = JSON.parse(readFileSync(join(__dirname, 'compose.schema.json'), 'utf8')) as object;
const isCompose = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

/** What an operator has to fill in. */
const FILLED = {
  POSTGRES_PASSWORD: 'pg0123',
  REDIS_PASSWORD: 'redis0123',
  ESL_PASSWORD: 'esl0123',
  ESL_ADMIN_PASSWORD: 'admin0123',
  SIP_PASSWORD: 'sip0123',
  EXTERNAL_IP: '192.0.2.10',
  SECRET_KEYS: `first:${Buffer.alloc(32, 1).toString('base64')}`,
  FREESWITCH_IMAGE: 'registry.example/freeswitch:1.10',
};

/** `${NAME}`, `${NAME:-default}` and `${NAME:?message}`; `$$` is a plain dollar for the container. */
const variables = [...text.matchAll(/(?<!\$)\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g)].map(
  ([, name, operator, rest]) => ({
    name: name ?? '',
    operator,
    rest: rest ?? '',
  }),
);

/** The environment of one service as compose would make it from a filled-in .env. */
function environmentOf(
  service: string,
  filled: Readonly<Record<string, string>> = FILLED,
): Record<string, string> {
  const given = compose.services[service]?.environment ?? {};
  return Object.fromEntries(Object.entries(given).map(([name, text]) => [name, filledIn(text, filled)]));
}

function filledIn(given: string | number, filled: Readonly<Record<string, string>> = FILLED): string {
  return String(given).replace(
    /\$\{([A-Z_]+)(?::[-?]([^}]*))?\}/g,
    (_all, name: string, rest: string | undefined) => filled[name] ?? rest ?? '',
  );
}

describe('docker-compose.yml', () => {
  it('keeps to the Compose Specification', () => {
    expect(isCompose(compose) ? [] : isCompose.errors).toEqual([]);
  });

  it('is not accepted with a misspelt key', () => {
    const { services, ...rest } = compose;
    expect(
      isCompose({ ...rest, services: { ...services, worker: { ...services.worker, healthchek: {} } } }),
    ).toBe(false);
    expect(isCompose({ ...compose, version: '3' })).toBe(false);
  });

  it('names only services, networks and volumes that are there', () => {
    for (const service of Object.values(compose.services)) {
      expect(Object.keys(compose.services)).toEqual(
        expect.arrayContaining(Object.keys(service.depends_on ?? {})),
      );
      expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining([...(service.networks ?? [])]));
      const mounted = (service.volumes ?? []).map((mount) => filledIn(mount).split(':')[0] ?? '');
      const folders = mounted.filter((source) => source.startsWith('./'));
      const given = folders.filter((folder) => folder !== './reports');
      for (const folder of given) expect([folder, existsSync(join(ROOT, folder))]).toEqual([folder, true]);
      const volumes = mounted.filter((source) => !folders.includes(source));
      expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(volumes));
    }
  });

  it('waits for the health of what can tell about it', () => {
    const waits = Object.values(compose.services).flatMap((service) =>
      Object.entries(service.depends_on ?? {}),
    );
    const healthy = waits
      .filter(([, { condition }]) => condition === 'service_healthy')
      .map(([name]) => name);
    expect(healthy.length).toBeGreaterThan(0);
    for (const name of healthy) expect(compose.services[name]?.healthcheck?.test).toBeDefined();
  });

  it('documents every variable in .env.example', () => {
    const documented = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect([...new Set(variables.map(({ name }) => name))].sort()).toEqual([...documented].sort());
  });

  it('has no default for what is secret, and stops when it is missing', () => {
    const secret = variables.filter(({ name }) => /PASSWORD|SECRET|TOKEN/.test(name));
    expect(new Set(secret.map(({ name }) => name)).size).toBe(6);
    for (const { operator, rest } of secret)
      expect({ operator, message: rest.length > 0 }).toEqual({ operator: '?', message: true });
    expect(example).not.toMatch(/^[A-Z_]*(PASSWORD|SECRET_KEYS)=.+$/m);
  });

  it('shows .env.example the same defaults', () => {
    for (const { name, operator, rest } of variables) {
      if (operator === '-') expect(example).toContain(`#${name}=${rest}\n`);
    }
  });

  it('keeps the event socket, the database and the queue inside', () => {
    expect(compose.networks.inside?.internal).toBe(true);
    const published = Object.entries(compose.services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => [name, port]),
    );
    expect(published.map(([name]) => name).sort()).toEqual([
      ...Array<string>(6).fill('freeswitch'),
      'gateway',
    ]);
    expect(JSON.stringify(published)).not.toMatch(/8021|5432|6379/);
    for (const name of ['postgres', 'redis', 'migrate'])
      expect(compose.services[name]?.networks).toEqual(['inside']);
  });

  it('gives the switch our configuration, with the rights and ports that the others count on', () => {
    const mount = compose.services.freeswitch?.volumes?.find((one) => one.startsWith('./')) ?? '';
    expect(mount).toMatch(/:ro$/);
    const environment = environmentOf('freeswitch');
    const config = loadSwitchConfig(join(ROOT, mount.split(':')[0] ?? ''), environment);
    expect(config.eventSocket).toMatchObject({ listenIp: '0.0.0.0', port: 8021, password: 'admin0123' });
    // Containers have addresses of the inside network; the world has not.
    const connector = config.acls.get('connector');
    expect(['172.29.80.7', '203.0.113.1'].map((ip) => connector?.allows(ip))).toEqual([true, false]);
    const [gatewaysSwitch] = gatewaySettings(environmentOf('gateway')).switches;
    const [user = '', domain = ''] = gatewaysSwitch?.user?.split('@') ?? [];
    expect(config.domains.get(domain)?.users.get(user)?.params.get('esl-password')).toBe(
      gatewaysSwitch?.password,
    );
    const ports = (compose.services.freeswitch?.ports ?? []).map((port) => filledIn(port));
    const { rtpStartPort, rtpEndPort } = config.core;
    expect(ports).toEqual([
      ...config.profiles
        .toSorted((a, b) => a.sipPort - b.sipPort)
        .flatMap(({ sipPort }) => ['udp', 'tcp'].map((transport) => `${sipPort}:${sipPort}/${transport}`))
        .toSpliced(2, 0, '127.0.0.1:5066:5066'),
      `${rtpStartPort}-${rtpEndPort}:${rtpStartPort}-${rtpEndPort}/udp`,
    ]);
  });

  it('sets nothing for the switch that its configuration does not know', () => {
    const vars = readFileSync(join(ROOT, 'freeswitch/conf/connector-vars.xml'), 'utf8');
    for (const name of Object.keys(environmentOf('freeswitch'))) expect(vars).toContain(`=$${name}"`);
  });

  it('lets the worker read recordings and nothing more', () => {
    expect(compose.services.freeswitch?.volumes).toContain('recordings:/var/lib/freeswitch/recordings');
    expect(compose.services.worker?.volumes).toEqual(['recordings:/recordings:ro']);
    expect(JSON.stringify(compose.services.worker?.environment)).not.toContain('ESL_PASSWORD');
  });

  it('starts the tests only when they are called, with a switch that the phones beside it reach', () => {
    const { scenarios, 'test-switch': testSwitch } = compose.services;
    expect([scenarios?.profiles, testSwitch?.profiles]).toEqual([['test'], ['test']]);
    expect(scenarios?.network_mode).toBe('service:test-switch');
    const config = loadSwitchConfig(join(ROOT, 'freeswitch/conf'), environmentOf('test-switch'));
    const env = environmentOf('scenarios');
    expect(env.FREESWITCH_ESL).toBe(`${config.eventSocket.listenIp}:${config.eventSocket.port}`);
    expect(env.FREESWITCH_ESL_PASSWORD).toBe(config.eventSocket.password);
    expect(env.FREESWITCH_RECORDINGS).toBe(
      testSwitch?.volumes?.find((one) => one.startsWith('test-recordings:'))?.split(':')[1],
    );
    const vars = readFileSync(join(ROOT, 'freeswitch/conf/connector-vars.xml'), 'utf8');
    for (const name of Object.keys(environmentOf('test-switch'))) expect(vars).toContain(`=$${name}"`);
  });

  it('gives the programs an environment that they accept', () => {
    expect(databaseSettings(environmentOf('migrate')).url).toBe(
      'postgres://connector:pg0123@postgres:5432/connector',
    );
    expect(gatewaySettings(environmentOf('gateway'))).toMatchObject({
      switches: [
        { id: 'main', host: 'freeswitch', port: 8021, user: 'connector@pbx.internal', password: 'esl0123' },
      ],
      http: { host: '0.0.0.0', port: 3000 },
    });
    expect(workerSettings(environmentOf('worker'))).toMatchObject({
      queue: { url: 'redis://:redis0123@redis:6379/0' },
      recordings: [
        { id: 'main', recordings: [{ from: '/var/lib/freeswitch/recordings', to: '/recordings' }] },
      ],
    });
  });

  it('has a command line that is only started when it is called, and sees what gateway and worker see', () => {
    const cli = cliSettings(environmentOf('cli'));
    const [{ recordings: _none, ...entered } = { recordings: [] }] = gatewaySettings(
      environmentOf('gateway'),
    ).switches;
    const [{ recordings } = { recordings: [] }] = workerSettings(environmentOf('worker')).recordings;
    expect(cli.switches).toEqual([{ ...entered, recordings }]);
    expect(compose.services.cli).toMatchObject({ profiles: ['cli'], volumes: ['recordings:/recordings:ro'] });
    for (const name of ['DATABASE_URL', 'QUEUE_URL', 'SECRET_KEYS', 'PUBLIC_URL', 'ALLOWED_PORTALS'])
      expect(compose.services.cli?.environment?.[name]).toBe(compose.services.worker?.environment?.[name]);
  });

  it('lets an operator set everything about clicks, for all programs alike, with the defaults that they have', () => {
    const about = /^\| `(CLICKS?_[A-Z_]+|CALLBACK_[A-Z_]+)` \| ([^|]+) \|/gm;
    const documented = [...environmentTable().matchAll(about)];
    expect(documented.length).toBeGreaterThan(8);
    const filled = {
      ...FILLED,
      CLICK_STALE_MS: '7000',
      CLICK_DENIED_PREFIXES: '+882',
      CALLBACK_VOICE: 'flite|kal',
    };
    for (const [, name = '', apps = ''] of documented)
      for (const app of apps.split(',')) expect(Object.keys(environmentOf(app.trim()))).toContain(name);
    expect(workerSettings(environmentOf('worker')).clicks).toEqual(
      workerSettings({
        ...environmentOf('worker'),
        ...Object.fromEntries(documented.map(([, name = '']) => [name, undefined])),
      }).clicks,
    );
    for (const app of ['worker', 'cli'] as const)
      expect((app === 'cli' ? cliSettings : workerSettings)(environmentOf(app, filled)).clicks).toMatchObject(
        { staleMs: 7_000, deniedPrefixes: ['+882'] },
      );
    expect(gatewaySettings(environmentOf('gateway', filled)).dial).toEqual({
      mobileGateway: 'trunk',
      voice: 'flite|kal',
    });
  });

  it('sets no variable that the programs do not know', () => {
    const known = [...environmentTable().matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
    for (const name of ['migrate', 'gateway', 'worker', 'cli']) {
      expect(known).toEqual(expect.arrayContaining(Object.keys(environmentOf(name))));
    }
  });
});

// The client alone is common on developers' machines; only the compose plugin can judge the file.
if (spawnSync('docker', ['compose', 'version']).status === 0) {
  describe('docker compose itself', () => {
    it('accepts the file', () => {
      const folder = mkdtempSync(join(tmpdir(), 'compose-'));
      const env = join(folder, 'env');
      writeFileSync(
        env,
        Object.entries(FILLED)
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
      );
      const args = [
        'compose',
        '--env-file',
        env,
        '-f',
        join(ROOT, 'docker-compose.yml'),
        'config',
        '--quiet',
      ];
      const { status, stderr } = spawnSync('docker', args, { encoding: 'utf8' });
      rmSync(folder, { recursive: true });
      expect({ status, stderr }).toMatchObject({ status: 0 });
    });
  });
}
