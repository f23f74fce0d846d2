import { RawEslClient } from './raw-esl-client';
import { ReplaySwitch } from './replay-switch';

describe('logging in', () => {
  let replay: ReplaySwitch;

  beforeEach(async () => {
    replay = await ReplaySwitch.start({
      password: 'secret',
      users: {
        'boss@example.com': { password: 'all: yes' },
        'crm@example.com': {
          password: 'crm-pass',
          allowedEvents: ['CHANNEL_CREATE', 'CUSTOM', 'fifo::info'],
          allowedApi: ['status', 'show'],
        },
      },
    });
  });
  afterEach(() => replay.stop());

  async function connected(): Promise<RawEslClient> {
    const client = await RawEslClient.connect(replay.port);
    expect((await client.frameNumber(1)).head).toBe('Content-Type: auth/request');
    return client;
  }

  it('works with the password of the socket', async () => {
    const client = await connected();
    expect((await client.command('auth secret')).head).toContain('Reply-Text: +OK accepted');
    expect(await client.api('version')).toMatch(/^FreeSWITCH Version/);
    expect(replay.clients).toBe(1);
    expect((await client.command('auth secret')).head).toContain('-ERR command not found');
  });

  it.each([
    'auth ClueCon',
    'userauth crm@example.com:wrong',
    'userauth nobody@example.com:crm-pass',
    'userauth crm:crm-pass',
    'userauth constructor@example.com:x',
  ])('is refused, and the connection ended: %s', async (attempt) => {
    const client = await connected();
    const { head } = await client.command(attempt);
    expect(head).toContain('Reply-Text: -ERR invalid');
    expect(await client.ended).toBe('fin');
    expect(client.frames.at(-1)).toMatchObject({
      contentType: 'text/disconnect-notice',
      body: 'Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n',
    });
    expect(replay.clients).toBe(0);
  });

  it('is not even tried without a password', async () => {
    const client = await connected();
    expect((await client.command('auth')).head).toContain('-ERR command not found');
    expect((await client.command('auth secret')).head).toContain('+OK accepted');
  });

  it('as a user tells what is allowed', async () => {
    const boss = await connected();
    expect((await boss.command('userauth boss:all: yes@example.com')).head).toBe(
      'Content-Type: command/reply\nReply-Text: +OK accepted\nAllowed-Events: all\nAllowed-API: all\nAllowed-LOG: true',
    );
    const crm = await connected();
    expect((await crm.command('userauth crm@example.com:crm-pass')).head).toContain(
      'Allowed-Events: CHANNEL_CREATE CUSTOM fifo::info\nAllowed-API: status show\n',
    );
  });

  it('as a limited user gives those events and commands only', async () => {
    const client = await connected();
    await client.command('userauth crm:crm-pass@example.com');
    const reply = async (command: string): Promise<string> => (await client.command(command)).head;
    expect(await reply('event json CHANNEL_CREATE CUSTOM fifo::info')).toContain('+OK');
    expect(await reply('event json CHANNEL_ANSWER')).toContain('-ERR permission denied');
    expect(await reply('event json CUSTOM sofia::register')).toContain('-ERR permission denied');
    expect(await reply('api status')).toContain('api/response');
    expect(await reply('api uuid_kill x')).toContain('Reply-Text: -ERR permission denied');
    expect(await reply('bgapi originate x')).toContain('Reply-Text: -ERR permission denied');
  });

  it('is in the log with everything else a client sends', async () => {
    const client = await connected();
    await client.command('auth secret');
    await client.command('bgapi status\nJob-UUID: 11111111-2222-3333-4444-555555555555');
    expect(replay.log).toMatchObject([
      { connection: 1, line: 'auth secret', body: '' },
      { connection: 1, line: 'bgapi status' },
    ]);
    expect(replay.log[1]?.headers.get('job-uuid')).toBe('11111111-2222-3333-4444-555555555555');
    await connected();
    const other = replay.nextCommand((line) => line === 'exit');
    const second = await connected();
    second.write('exit\n\n');
    expect(await other).toBe('exit');
    expect(replay.log.at(-1)?.connection).toBe(3);
  });
});
