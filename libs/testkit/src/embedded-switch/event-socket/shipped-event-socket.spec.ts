import { connect } from 'node:net';
import { RawEslClient } from '../../replay-switch/raw-esl-client';
import { startShippedSwitch, type ShippedSwitch } from '../shipped-situations';

describe('the event socket of the shipped configuration', () => {
  let shipped: ShippedSwitch;
  beforeAll(async () => {
    shipped = await startShippedSwitch({});
  });
  afterAll(() => shipped.stop());

  async function greeted(): Promise<RawEslClient> {
    const client = await RawEslClient.connect(shipped.embedded.eventSocketPort);
    expect((await client.frameNumber(1)).contentType).toBe('auth/request');
    return client;
  }

  async function connector(): Promise<RawEslClient> {
    const client = await greeted();
    const { domain, connectorPassword } = shipped.address;
    const reply = await client.command(`userauth connector@${domain}:${connectorPassword}`);
    expect(reply.head).toContain('+OK accepted');
    expect(reply.head).toContain('Allowed-API: show');
    return client;
  }

  it.each(['auth ClueCon', 'auth ', 'userauth connector@pbx.internal:guess', 'userauth 1001@pbx.internal:'])(
    'does not let in "%s"',
    async (login) => {
      const client = await greeted();
      expect((await client.command(login)).head).toContain('-ERR');
      client.close();
    },
  );

  it('gives the connector what calls need, and nothing else', async () => {
    const client = await connector();
    expect(JSON.parse(await client.api('show channels as json'))).toEqual({ row_count: 0 });
    expect(await client.api('sofia_contact 1001@pbx.internal')).toBe('error/user_not_registered');
    expect(await client.api('originate user/1001@pbx.internal &park')).toBe('-ERR USER_NOT_REGISTERED\n');
    for (const command of ['reloadxml', 'fsctl crash', 'eval x', 'sofia status'])
      expect((await client.command(`api ${command}`)).head + command).toContain('-ERR');
    expect((await client.command('event json DTMF')).head).toContain('-ERR');
    client.close();
  });

  it('answers bgapi with a job whose result comes as an event', async () => {
    const client = await connector();
    await client.command('event json BACKGROUND_JOB');
    const reply = await client.command('bgapi originate user/1001@pbx.internal &park\nJob-UUID: job-1');
    expect(reply.head).toContain('Job-UUID: job-1');
    expect(await client.event('BACKGROUND_JOB')).toMatchObject({
      'Job-UUID': 'job-1',
      _body: '-ERR USER_NOT_REGISTERED\n',
    });
    client.close();
  });

  (process.platform === 'linux' ? it : it.skip)('turns other networks away', async () => {
    const socket = connect({
      port: shipped.embedded.eventSocketPort,
      host: '127.0.0.1',
      localAddress: '127.0.0.2',
    });
    let heard = '';
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    await new Promise((resolve) => socket.once('close', resolve));
    expect(heard).toContain('text/rude-rejection');
  });
});
