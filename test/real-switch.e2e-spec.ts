import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EslCommandError, SwitchLink } from '@app/esl';
import { builtApp } from '../apps/harness/src/processes/built-app';
import { until } from '../apps/harness/src/processes/until';
import { findFreeswitch } from '../apps/harness/src/real-switch/find-freeswitch';
import { HOW_TO_GET_ONE, NoSwitchError } from '../apps/harness/src/real-switch/no-switch-error';
import { hasSwitch, openSwitch } from '../apps/harness/src/real-switch/open-switch';
import { startSwitch } from '../apps/harness/src/real-switch/start-switch';
import { SwitchConsole } from '../apps/harness/src/real-switch/switch-console';
import { shippedConfiguration } from '../apps/harness/src/real-switch/switch-folders';
import type { SwitchUnderTest } from '../apps/harness/src/real-switch/switch-under-test';
import { hunt, loadSwitchConfig } from '../libs/testkit/src/embedded-switch/config';
import {
  RANDOM_DESTINATIONS,
  randomDialplan,
} from '../libs/testkit/src/embedded-switch/config/testing/random-dialplan';
import {
  SAMPLE_CALLS,
  type SampleCall,
} from '../libs/testkit/src/embedded-switch/config/testing/sample-calls';
import { ToldCall } from '../libs/testkit/src/embedded-switch/config/testing/told-call';

jest.setTimeout(120_000);

const WITHIN = { withinMs: 20_000 };
const RANDOM_CONTEXTS = 40;
const binary = findFreeswitch(process.env);
const aboutSwitch = hasSwitch(process.env) ? describe : describe.skip;
const aboutOurs = binary === undefined || process.env.FREESWITCH_ESL ? describe.skip : describe;
if (!hasSwitch(process.env))
  process.stderr.write(`No FreeSWITCH: what needs one is not tested. To test it, ${HOW_TO_GET_ONE}.\n`);

/** Everything that an event socket says to `lines`, until it closes or `wanted` is there. */
async function say(
  port: number,
  lines: string,
  { wanted = /\n\n$/, from = '127.0.0.1' }: { wanted?: RegExp; from?: string } = {},
): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  socket.on('error', () => undefined);
  await until('the event socket greets', () => heard !== '' || socket.destroyed, WITHIN);
  socket.write(`${lines}\n\n`);
  const greeting = heard;
  await until('it answers', () => wanted.test(heard.slice(greeting.length)) || socket.destroyed, WITHIN);
  socket.destroy();
  return heard;
}

aboutSwitch('the configuration that we ship, on a real FreeSWITCH', () => {
  let ours: SwitchUnderTest;
  let spool: string;
  beforeAll(async () => {
    spool = mkdtempSync(join(tmpdir(), 'connector-spool-'));
    const settings = {
      CONNECTOR_LOG_LEVEL: 'debug',
      // Nobody listens there: every record goes to the spool.
      CONNECTOR_CDR_URL: 'http://127.0.0.1:9/cdr',
      CONNECTOR_CDR_SPOOL: spool,
    };
    ours = await openSwitch(process.env, { settings });
    process.stderr.write(`${ours.version}\n`);
  });
  afterAll(async () => {
    await ours.stop();
    rmSync(spool, { recursive: true });
  });

  it('runs its profiles, its trunk and its modules', async () => {
    expect(ours.version).toMatch(/^FreeSWITCH Version 1\.1[01]\./);
    const status = await ours.api('sofia', 'status');
    expect(status).toMatch(/internal\s+profile\s.*RUNNING/);
    expect(status).toMatch(/external\s+profile\s.*RUNNING/);
    expect(status).toMatch(/external::trunk\s+gateway/);
    for (const module of loadSwitchConfig(shippedConfiguration(), {}).modules)
      expect([module, await ours.api('module_exists', module)]).toEqual([module, 'true']);
  });

  it('knows the phones, and no phone without a password', async () => {
    const ask = (what: string) => ours.api('user_data', `1001@${ours.domain} param ${what}`);
    expect(await ask('allow-empty-password')).toBe('false');
    expect(await ask('dial-string')).toContain('presence_id=');
    expect(await ours.api('group_call', `sales@${ours.domain}+A`)).toBe(
      Array(3).fill('error/user_not_registered').join(','),
    );
  });

  it('runs no programs, and tells no secrets', async () => {
    for (const command of ['system', 'bg_system', 'spawn', 'bg_spawn', 'spawn_stream'])
      await expect(ours.api(command, 'id')).rejects.toThrow(/not found/i);
    expect(await ours.api('global_getvar')).not.toContain(ours.phonePassword);
    expect(await ours.api('global_getvar')).not.toContain(ours.eventSocket.password);
  });

  describe('its event socket', () => {
    it('is not entered by the well-known password, nor without one', async () => {
      for (const password of ['ClueCon', '', '\n'])
        expect(await say(ours.eventSocket.port, `auth ${password}`)).toContain('-ERR');
      await expect(SwitchConsole.open({ ...ours.eventSocket, password: 'guess' }, WITHIN)).rejects.toThrow(
        NoSwitchError,
      );
    });

    it('lets the connector listen to all that tells calls, and to nothing else', async () => {
      const link = new SwitchLink(
        { switchId: 'test', ...ours.connectorLogin! },
        {
          onEvent: () => undefined,
          onUp: () => Promise.resolve(),
          onDown: () => undefined,
          onAnomaly: () => undefined,
        },
      );
      link.start();
      await until('the connector is in', () => link.state === 'up' || link.reason !== undefined, WITHIN);
      expect(link.reason).toBeUndefined();
      await link.stop();
      const { user = '', password, port } = ours.connectorLogin!;
      const heard = await say(port, `userauth ${user}:${password}\n\nevent json DTMF\n\nlog debug`, {
        wanted: /(permission denied[^]*){2}\n\n$/,
      });
      expect(heard).toContain('Allowed-API: show');
      expect(heard.match(/-ERR permission denied/g)).toHaveLength(2);
    });

    it('lets the connector do what calls need, and nothing else', async () => {
      const connector = await SwitchConsole.open(ours.connectorLogin!, WITHIN);
      expect(JSON.parse(await connector.api('show', 'channels as json'))).toEqual({ row_count: 0 });
      expect(await connector.api('sofia_contact', `1001@${ours.domain}`)).toBe('error/user_not_registered');
      await expect(connector.api('originate', `user/1001@${ours.domain} &park`)).rejects.toThrow(
        'USER_NOT_REGISTERED',
      );
      for (const command of ['reloadxml', 'fsctl', 'load', 'eval', 'expand', 'sofia', 'system', 'getenv'])
        await expect(connector.api(command, 'x')).rejects.toThrow(EslCommandError);
      await connector.close();
      await expect(
        SwitchConsole.open({ ...ours.connectorLogin!, password: 'guess' }, WITHIN),
      ).rejects.toThrow(NoSwitchError);
    });

    // Other addresses of the loopback network are there on Linux alone.
    (process.platform === 'linux' ? it : it.skip)('turns other networks away', async () => {
      expect(await say(ours.eventSocket.port, 'auth x', { from: '127.0.0.2' })).toContain('rude-rejection');
    });
  });

  it('keeps the record of a call that could not be posted', async () => {
    const uuid = randomUUID();
    await ours.api('originate', `{origination_uuid=${uuid}}null/sample 9 XML default`);
    const files = () => (existsSync(spool) ? readdirSync(spool) : []);
    await until('the record is in the spool', () => files().includes(`a_${uuid}.cdr.json`), WITHIN);
    const { variables } = JSON.parse(readFileSync(join(spool, `a_${uuid}.cdr.json`), 'utf8')) as {
      variables: Record<string, string>;
    };
    expect(variables).toMatchObject({ connector_call_id: uuid, hangup_cause: 'UNALLOCATED_NUMBER' });
  });

  it('finds in the dialplan what our reader finds, for every sample call', async () => {
    if (ours.logFile === undefined) return;
    const config = loadSwitchConfig(shippedConfiguration(), {}, { recordings_dir: ours.recordings });
    for (const sample of SAMPLE_CALLS.filter(({ at }) => at === undefined)) {
      const { variables, ...rest } = sample;
      const told = { ...rest, variables: { direction: 'outbound', ...variables } };
      expect([sample, await huntedBySwitch(ours, sample)]).toEqual([sample, huntedByUs(config, told)]);
    }
  });
});

aboutOurs('a switch that the harness starts', () => {
  it('is gone, with its folder, when the harness is killed', async () => {
    const opener = builtApp('harness/src/real-switch/open-switch.js');
    const script = `require(${JSON.stringify(opener)}).openSwitch(process.env).then((s) =>
      console.log(JSON.stringify([s.eventSocket.port, s.logFile])))`;
    const harness = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [chunk] = (await once(harness.stdout, 'data')) as [Buffer];
    const [port, logFile] = JSON.parse(chunk.toString()) as [number, string];
    expect(existsSync(logFile)).toBe(true);
    harness.kill('SIGKILL');
    await until('its folder is gone', () => !existsSync(dirname(dirname(logFile))), WITHIN);
    const probe = connect(port, '127.0.0.1');
    const [error] = (await once(probe, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  it('hunts through any dialplan as our reader does', async () => {
    const seed = Number(process.env.DIALPLAN_SEED ?? Math.floor(Math.random() * 1e9));
    const confDir = mkdtempSync(join(tmpdir(), 'connector-conf-'));
    cpSync(shippedConfiguration(), confDir, { recursive: true });
    writeFileSync(join(confDir, 'dialplan', 'random.xml'), randomDialplan(seed, RANDOM_CONTEXTS));
    const config = loadSwitchConfig(confDir, {});
    const theirs = await startSwitch({
      binary: binary!,
      confDir,
      settings: { CONNECTOR_LOG_LEVEL: 'debug', CONNECTOR_SESSIONS_PER_SECOND: '1000' },
    });
    try {
      for (let index = 0; index < RANDOM_CONTEXTS; index += 1) {
        for (const destination of RANDOM_DESTINATIONS) {
          const sample = { context: `random-${index}`, destination };
          const about = { ...sample, DIALPLAN_SEED: seed };
          expect([about, await huntedBySwitch(theirs, sample)]).toEqual([about, huntedByUs(config, sample)]);
        }
      }
    } finally {
      await theirs.stop();
      rmSync(confDir, { recursive: true });
    }
  });

  it('says why it does not start', async () => {
    const confDir = mkdtempSync(join(tmpdir(), 'connector-no-conf-'));
    try {
      await expect(startSwitch({ binary: binary!, confDir })).rejects.toThrow(
        /FreeSWITCH ended while it was starting[^]*XML Root/,
      );
    } finally {
      rmSync(confDir, { recursive: true });
    }
  });
});

interface Told {
  readonly actions: readonly string[];
  readonly inline: readonly string[];
}

/** The actions of the first hunt, as the switch logs them (`mod_dialplan_xml`, level debug). */
async function huntedBySwitch(theirs: SwitchUnderTest, sample: SampleCall): Promise<Told> {
  const uuid = randomUUID();
  const brought = Object.entries({ ...sample.variables, origination_uuid: uuid })
    .map(([name, value]) => `${name}='${value}'`)
    .join(',');
  await theirs.api('originate', `{${brought}}null/sample ${sample.destination} XML ${sample.context}`);
  const log = () =>
    readFileSync(theirs.logFile!, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith(uuid));
  const isAfterHunt = (line: string) => / State EXECUTE$| Hangup null\/sample /.test(line);
  await until('the hunt is over', () => log().some(isAfterHunt), WITHIN);
  await theirs.api('uuid_kill', uuid).catch(() => undefined); // it may be over by then
  const lines = log();
  const found = lines.slice(0, lines.findIndex(isAfterHunt)).flatMap((line) => {
    const [, application, data, inline] =
      /Dialplan: null\/sample (?:ANTI-)?Action ([^(]+)\((.*)\)( INLINE)?$/.exec(line) ?? [];
    return application === undefined
      ? []
      : [{ text: `${application} ${data ?? ''}`.trimEnd(), inline: Boolean(inline) }];
  });
  return {
    actions: found.filter(({ inline }) => !inline).map(({ text }) => text),
    inline: found.filter(({ inline }) => inline).map(({ text }) => text),
  };
}

function huntedByUs(config: ReturnType<typeof loadSwitchConfig>, sample: SampleCall): Told {
  const { context, destination, variables } = sample;
  const call = new ToldCall(config, { destination, variables, at: new Date() });
  const actions = hunt(config, context, call)?.actions ?? [];
  return {
    // The switch's log leaves out single quotes; the action itself keeps them.
    actions: actions.map(({ application, data }) => `${application} ${data.replaceAll("'", '')}`.trimEnd()),
    inline: call.inline,
  };
}
