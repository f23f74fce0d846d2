import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { openReplay, DOMAIN, Scene, type Report } from './scene';

jest.setTimeout(120_000);

/** What stands for red and yellow lines: which check, and its cure. */
type Ill = readonly [check: string, level: 'red' | 'yellow', text: RegExp, cure: RegExp];
interface Breakage {
  /** Breaks it; what is returned mends it again. */
  readonly how?: (scene: Scene) => unknown;
  /** The environment of the command line, where that is what is wrong. */
  readonly env?: (scene: Scene) => Promise<Record<string, string>> | Record<string, string>;
  readonly ill: Ill;
}

const NOBODY_THERE = 1;
const enteredAs = (user: string) => (scene: Scene) => scene.switchesWith({ user: `${user}@${DOMAIN}` });

describe('the doctor', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await Scene.open(async (here) => {
      const replay = await openReplay();
      here.atEnd(() => replay.stop());
      return { host: replay.host, port: replay.port, user: `connector@${DOMAIN}`, password: 'connector' };
    });
  });
  afterAll(() => scene.close());

  const illIn = ({ findings }: Report) => findings.filter(({ level }) => level !== 'green');

  it('says how to begin when no portal is installed', async () => {
    const report = await scene.examine();
    expect(illIn(report)).toEqual([lineOf(['portal', 'yellow', /No portal is installed/, /portals add/])]);
    expect(report.code).toBe(0);
    expect((await scene.examine({}, '--strict')).code).toBe(1);
  });

  it('finds everything green in a healthy deployment', async () => {
    await scene.install();
    const set = [
      'portals',
      'lines',
      'set',
      scene.portal.memberId,
      '--did',
      '+74950000001',
      '--name',
      'Sales',
    ];
    expect(await scene.run(set)).toMatchObject({ code: 0 });
    const report = await scene.examine({}, '--strict');
    expect(illIn(report)).toEqual([]);
    expect(report).toMatchObject({ code: 0, verdict: 'green' });
    const checks = new Set(report.findings.map(({ check }) => check));
    expect([...checks]).toEqual(
      expect.arrayContaining([
        'environment',
        'postgres.version',
        'postgres.migrations',
        'postgres.clock',
        'queue',
        'process.worker',
        'process.gateway',
        'calls',
        'public-door',
        'switch.login',
        'switch.events',
        'switch.rights',
        'switch.phones',
        'switch.clock',
        'recordings',
        'portal.token',
        'portal.application',
        'portal.events',
        'portal.test-event',
        'portal.lines',
        'portal.outgoing',
        'portal.employees',
        'portal.clock',
        'portal.set-up',
      ]),
    );
  });

  it('tells people the same, line by line', async () => {
    const { code, out } = await scene.run(['doctor']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^connector\n {2}green {2}[^]*\nswitch main\n {2}green[^]*\nportal [^]*\d+ green, 0 yellow, 0 red\n$/,
    );
  });

  it('repairs what the portal has lost', async () => {
    const { portal, app } = scene;
    portal.apps.get(app).bindings = [];
    portal.company.lines.length = 0;
    expect(await scene.examine()).toMatchObject({ code: 1, verdict: 'red' });
    const report = await scene.examine({}, '--repair');
    expect(illIn(report)).toEqual([]);
    expect(report.code).toBe(0);
    expect(portal.company.lines).toMatchObject([{ number: '+74950000001', name: 'Sales' }]);
  });

  const BREAKAGES = {
    'settings that are missing': {
      env: () => ({ DATABASE_URL: '' }),
      ill: ['environment', 'red', /^DATABASE_URL: /, /env\.md/],
    },
    'no SWITCHES here': {
      env: () => ({ SWITCHES: '' }),
      ill: ['environment', 'yellow', /SWITCHES is not set/, /SWITCHES of the gateway/],
    },
    'Postgres away': {
      env: () => ({ DATABASE_URL: 'postgres://connector:hunter2@127.0.0.1:1/connector' }),
      ill: ['postgres', 'red', /cannot be reached/, /DATABASE_URL/],
    },
    'a schema that is behind': {
      how: async (here) => {
        const rows = (await here.query(
          'DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations) RETURNING "timestamp", name',
        )) as [{ timestamp: string; name: string }[]];
        const [{ timestamp, name }] = rows[0] as [{ timestamp: string; name: string }];
        return () =>
          scene.query(`INSERT INTO migrations ("timestamp", name) VALUES (${timestamp}, '${name}')`);
      },
      ill: ['postgres.migrations', 'red', /lacks 1 migrations/, /migrate/],
    },
    'secrets that still need an old key': {
      env: ({ env }) => ({
        SECRET_KEYS: `new:${Buffer.alloc(32, 8).toString('base64')},${env.SECRET_KEYS ?? ''}`,
      }),
      ill: ['postgres.keys', 'yellow', /3 secrets/, /portals reseal/],
    },
    'the queue away': {
      env: () => ({ QUEUE_URL: 'redis://127.0.0.1:1/0' }),
      ill: ['queue', 'red', /cannot be reached/, /QUEUE_URL/],
    },
    'no worker': {
      how: async ({ worker }) => {
        await worker.stop();
        return () => worker.start();
      },
      ill: ['process.worker', 'red', /No worker is alive/, /docker compose up -d worker/],
    },
    'a switch that is away': {
      env: (here) => here.switchesWith({ port: NOBODY_THERE }),
      ill: ['switch.login', 'red', /cannot be used/, /mod_event_socket/],
    },
    'a wrong password for the switch': {
      env: (here) => here.switchesWith({ password: 'ClueCon' }),
      ill: ['switch.login', 'red', /127\.0\.0\.1/, /Compare user and password/],
    },
    'a switch user who may not hear enough': {
      env: enteredAs('deaf'),
      ill: ['switch.events', 'red', /may not hear/, /esl-allowed-events/],
    },
    'a switch user who may not look': {
      env: enteredAs('blind'),
      ill: ['switch.rights', 'red', /show, uuid_dump/, /esl-allowed-api/],
    },
    'a switch user who may not dial': {
      env: enteredAs('bound'),
      ill: ['switch.rights', 'yellow', /originate/, /esl-allowed-api/],
    },
    'a switch whose clock is wrong': {
      env: async (here) => {
        const now = () => Date.now() + 120_000;
        const after = (ms: number, run: () => void) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        };
        const late = await openReplay({ clock: { now, after } });
        here.atEnd(() => late.stop());
        return here.switchesWith({ port: late.port });
      },
      ill: ['switch.clock', 'red', /1(19|20|21) s ahead/, /NTP/],
    },
    'a phone that belongs to nobody': {
      env: async (here) => {
        const other = await openReplay({ registered: [`1001@${DOMAIN}`, `1099@${DOMAIN}`] });
        here.atEnd(() => other.stop());
        return here.switchesWith({ port: other.port });
      },
      ill: ['switch.phones', 'yellow', /nobody in a portal: 1099/, /internal numbers/],
    },
    'recordings that are not mounted': {
      env: (here) => here.switchesWith({ recordings: [{ from: '/rec', to: '/nowhere/rec' }] }),
      ill: ['recordings', 'red', /\/nowhere\/rec.*ENOENT/, /mounted/],
    },
    'no public address': {
      env: () => ({ PUBLIC_URL: '' }),
      ill: ['public-door', 'red', /PUBLIC_URL is not set/, /https address/],
    },
    'a public address that nobody answers': {
      env: () => ({ PUBLIC_URL: `http://127.0.0.1:${NOBODY_THERE}` }),
      ill: ['public-door', 'red', /cannot be reached/, /DNS, firewall/],
    },
    'a public address of somebody else': {
      env: async (here) => {
        const other = createServer((_request, response) => response.writeHead(404).end());
        other.listen(0, '127.0.0.1');
        await once(other, 'listening');
        here.atEnd(() => other.close());
        return { PUBLIC_URL: `http://127.0.0.1:${(other.address() as AddressInfo).port}` };
      },
      ill: ['public-door', 'red', /does not know our applications/, /pass on \/bitrix24\//],
    },
    'events that are not bound': {
      how: ({ portal, app }) => {
        const installed = portal.apps.get(app);
        const { bindings } = installed;
        installed.bindings = bindings.filter(({ event }) => event !== 'ONEXTERNALCALLSTART');
        return () => (installed.bindings = bindings);
      },
      ill: ['portal.events', 'red', /not bound: ONEXTERNALCALLSTART/, /portals repair/],
    },
    'events that are lost on their way': {
      how: ({ portal }) => portal.post.inject({ kind: 'lose', event: 'ONAPPTEST' }),
      ill: ['portal.test-event', 'yellow', /has not arrived/, /PUBLIC_URL/],
    },
    'a line that is missing in the portal': {
      how: ({ portal: { company } }) => {
        const [line] = company.lines.splice(0);
        return () => company.lines.push(line!);
      },
      ill: ['portal.lines', 'red', /missing: \+74950000001/, /portals repair/],
    },
    'another default for calls out': {
      how: ({ portal, app }) => {
        portal.chooseOutgoing(portal.app);
        return () => portal.chooseOutgoing(app);
      },
      ill: ['portal.outgoing', 'yellow', /clicks do not come here/, /Default Number for Outgoing Calls/],
    },
    'an employee without an internal number': {
      how: ({ portal }) => changed(portal.company.users[1]!, { extension: null }),
      ill: ['portal.employees', 'yellow', /without an internal number: User 2/, /profile/],
    },
    'nobody with an internal number': {
      how: ({ portal }) => {
        const mends = portal.company.users.map((user) => changed(user, { extension: null }));
        return () => mends.forEach((mend) => mend());
      },
      ill: ['portal.employees', 'red', /Nobody has an internal number/, /internal numbers/],
    },
    'an internal number of two': {
      how: ({ portal }) => changed(portal.company.users[1]!, { extension: '1001' }),
      ill: ['portal.employees', 'yellow', /1001 is the number of/, /a number of his own/],
    },
    'a portal whose clock is wrong': {
      how: ({ clock }) => {
        clock.advance(-90_000);
        return () => clock.advance(90_000);
      },
      ill: ['portal.clock', 'red', /(89|90|91) s behind/, /NTP/],
    },
    'an installer who is no administrator': {
      how: ({ portal }) => changed(portal.company.users[0]!, { isAdmin: false }),
      ill: ['portal.token', 'yellow', /no administrator/, /Reinstall .* as an administrator/],
    },
    'an application that is not paid for': {
      how: ({ portal, app }) => changed(portal.apps.get(app), { isPaid: false }),
      ill: ['portal.application', 'red', /not paid for/, /Renew the subscription/],
    },
    'an installation that is not finished': {
      how: ({ portal, app }) => changed(portal.apps.get(app), { isFinished: false }),
      ill: ['portal.application', 'red', /not finished/, /Open the application/],
    },
    'a portal that does not answer': {
      how: ({ portal }) => portal.inject({ kind: 'drop', method: 'profile' }),
      ill: ['portal.token', 'red', /does not answer/, /DNS, proxy, firewall/],
    },
    'a plan without REST': {
      how: ({ portal }) => changed(portal.conditions, { hasRest: false }),
      ill: ['portal.token', 'red', /REST|plan/i, /plan|subscription/i],
    },
  } satisfies Record<string, Breakage>;

  /** What is broken together, because it does not hide each other; and what the doctor ends with. */
  const ROUNDS: readonly (readonly [code: number, ...broken: (keyof typeof BREAKAGES)[]])[] = [
    [2, 'settings that are missing'],
    [0, 'no SWITCHES here', 'another default for calls out', 'an employee without an internal number'],
    [1, 'Postgres away', 'the queue away', 'a switch that is away', 'no public address'],
    [1, 'a schema that is behind', 'a wrong password for the switch', 'a portal that does not answer'],
    [0, 'secrets that still need an old key', 'a switch user who may not dial', 'an internal number of two'],
    [
      1,
      'no worker',
      'a switch user who may not hear enough',
      'a public address of somebody else',
      'an installation that is not finished',
    ],
    [1, 'a switch user who may not look', 'events that are not bound', 'nobody with an internal number'],
    [
      1,
      'a switch whose clock is wrong',
      'a portal whose clock is wrong',
      'a line that is missing in the portal',
    ],
    [0, 'a phone that belongs to nobody', 'events that are lost on their way'],
    [1, 'recordings that are not mounted', 'an application that is not paid for'],
    [1, 'an installer who is no administrator', 'a public address that nobody answers'],
    [1, 'a plan without REST'],
  ];

  it('is shown everything that can be broken', () => {
    expect(ROUNDS.flatMap(([, ...broken]) => broken).sort()).toEqual(Object.keys(BREAKAGES).sort());
  });

  it.each(ROUNDS.map(([code, ...broken]) => ({ code, broken, what: broken.join(', ') })))(
    'finds $what',
    async ({ code, broken }) => {
      const mends: (() => unknown)[] = [];
      let env: Record<string, string> = {};
      for (const name of broken) {
        const breakage: Breakage = BREAKAGES[name];
        const mend = await breakage.how?.(scene);
        if (typeof mend === 'function') mends.push(mend as () => unknown);
        env = { ...env, ...(await breakage.env?.(scene)) };
      }
      const report = await scene.examine(env);
      for (const mend of mends) await mend();
      for (const name of broken) expect(illIn(report)).toContainEqual(lineOf(BREAKAGES[name].ill));
      expect([report.code, report]).toEqual([code, expect.anything()]);
      expect(JSON.stringify(report)).not.toMatch(/hunter2|ClueCon|key-of-the-application/);
    },
  );

  it('is content again when everything is mended', async () => {
    const report = await scene.examine({}, '--repair');
    expect(illIn(report)).toEqual([]);
    expect(report.code).toBe(0);
  });

  it('finds permissions that were taken away, after a reinstall', async () => {
    const { portal, app } = scene;
    portal.apps.edit(app, { scopes: ['user_basic'] });
    portal.apps.reinstall(app);
    await scene.setUpIsDone();
    const report = await scene.examine();
    expect(illIn(report)).toContainEqual(
      lineOf([
        'portal.application',
        'red',
        /lacks the permission telephony/,
        /Add telephony to the permissions/,
      ]),
    );
    expect(report.code).toBe(1);
  });

  it('finds an application that was deleted in the portal', async () => {
    const { portal, app } = scene;
    portal.apps.uninstall(app);
    await portal.post.settled();
    const report = await scene.examine();
    expect(illIn(report)).toContainEqual(lineOf(['portal.token', 'red', /./, /install/i]));
    expect(report.code).toBe(1);
  });
});

/** A line of the report, as an illness should show in it. */
function lineOf([check, level, said, cure]: Ill): unknown {
  const [text, remedy] = [said, cure].map((pattern) => expect.stringMatching(pattern) as string);
  return expect.objectContaining({ check, level, text, cure: remedy });
}

/** Changes some fields; the function returned changes them back. */
function changed<T extends object>(what: T, changes: Partial<T>): () => void {
  const before = Object.fromEntries(Object.keys(changes).map((key) => [key, Reflect.get(what, key)]));
  Object.assign(what, changes);
  return () => void Object.assign(what, before);
}
