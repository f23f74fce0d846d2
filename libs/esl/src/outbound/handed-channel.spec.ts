import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { waitFor } from '../testing/wait-for';
import { HandedChannel } from './handed-channel';

const UUID = 'bf69c499-df28-4b21-8317-c456f31bde26';
/** As a real switch answers `connect` (capture outbound-socket-async-full). */
const CHANNEL_DATA =
  'Event-Name: CHANNEL_DATA\nCore-UUID: eb713e47-6755-4050-8acc-4eb8d48664ad\n' +
  `Unique-ID: ${UUID}\nCaller-Destination-Number: 74951234571\n` +
  'Caller-Caller-ID-Name: %D0%98%D0%B2%D0%B0%D0%BD%20100%25%D0\nvariable_connector_route: asked\n' +
  'variable_empty: _undef_\nContent-Type: command/reply\nReply-Text: %2BOK%0A\nSocket-Mode: async\nControl: full\n\n';

let server: Server;
let switchSide: Socket;
let heard: string;

beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  switchSide.destroy();
  server.close();
});

/** A switch connects; `answer` is what it says to each command. */
async function connected(answer: (command: string) => string | undefined, connectTimeoutMs = 5_000) {
  const accepting = once(server, 'connection') as Promise<[Socket]>;
  switchSide = connect((server.address() as AddressInfo).port, '127.0.0.1');
  heard = '';
  let unread = '';
  switchSide.on('error', () => undefined);
  switchSide.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
    unread += chunk.toString();
    for (let end = unread.indexOf('\n\n'); end !== -1; end = unread.indexOf('\n\n')) {
      const said = answer(unread.slice(0, end));
      unread = unread.slice(end + 2);
      if (said !== undefined) switchSide.write(said);
    }
  });
  const [socket] = await accepting;
  return HandedChannel.accept(socket, { connectTimeoutMs, commandTimeoutMs: 5_000 });
}

const ok = 'Content-Type: command/reply\nReply-Text: +OK\n\n';
const obedient = (command: string): string => (command === 'connect' ? CHANNEL_DATA : ok);

function event(record: Readonly<Record<string, string>>): string {
  const body = JSON.stringify(record);
  return `Content-Length: ${Buffer.byteLength(body)}\nContent-Type: text/event-json\n\n${body}`;
}

/** The uuid under which the last application was ordered. */
const ordered = (): string => /Event-UUID: (\S+)\n\n$/.exec(heard)?.[1] ?? '';

describe('a channel that a switch hands over', () => {
  it('tells who it is, whatever a caller calls himself', async () => {
    const channel = await connected(obedient);
    expect(channel.uuid).toBe(UUID);
    expect(channel.data.get('Caller-Destination-Number')).toBe('74951234571');
    expect(channel.data.get('Caller-Caller-ID-Name')).toBe('Иван 100%\ufffd');
    expect(channel.data.variable('connector_route')).toBe('asked');
    expect(channel.data.variable('empty')).toBeUndefined();
    expect(heard).toContain(`filter Unique-ID ${UUID}\n\nevent json `);
  });

  it('runs an application to its end, and knows it from those of others', async () => {
    const channel = await connected(obedient);
    const done = channel.run('bridge', 'user/1001');
    await waitFor('the order', () => ordered() !== '');
    switchSide.write(event({ 'Event-Name': 'CHANNEL_EXECUTE_COMPLETE', 'Application-UUID': 'another' }));
    switchSide.write(
      event({
        'Event-Name': 'CHANNEL_EXECUTE_COMPLETE',
        'Application-UUID': ordered(),
        variable_originate_disposition: 'NO_ANSWER',
      }),
    );
    expect((await done).get('variable_originate_disposition')).toBe('NO_ANSWER');
    expect(heard).toContain('execute-app-name: bridge\nexecute-app-arg: user/1001\n');
  });

  it('ends what it runs when the caller hangs up, and takes no more orders', async () => {
    const channel = await connected(obedient);
    const ringing = channel.run('bridge', 'user/1001');
    await waitFor('the order', () => ordered() !== '');
    switchSide.write(event({ 'Event-Name': 'CHANNEL_HANGUP', 'Unique-ID': UUID }));
    await expect(ringing).rejects.toThrow('hung up');
    await expect(channel.ended).resolves.toMatchObject({ name: 'EslConnectionLostError' });
    await expect(channel.run('playback', 'x')).rejects.toThrow('has ended');
  });

  it('ends with its connection, and with the notice that says so', async () => {
    const channel = await connected(obedient);
    switchSide.write(
      'Content-Type: text/disconnect-notice\nContent-Disposition: linger\nContent-Length: 0\n\n',
    );
    await channel.ended;
    expect(channel.isOver).toBe(true);
    const other = await connected(obedient);
    switchSide.destroy();
    await other.ended;
  });

  it('sends nothing that would be a second command', async () => {
    const channel = await connected(obedient);
    await expect(channel.start('set', 'name=x\n\nsendmsg')).rejects.toThrow('line end');
    await expect(channel.api('status\n\nexit')).rejects.toThrow('line end');
  });

  it('gives a refusal of the switch to who gave the order', async () => {
    const channel = await connected((command) => {
      if (!command.startsWith('api ')) return obedient(command);
      return 'Content-Type: api/response\nContent-Length: 20\n\n-ERR No such channel';
    });
    await expect(channel.api('uuid_transfer', 'x y')).rejects.toThrow('No such channel');
  });
});

describe('who is no switch', () => {
  it.each([
    ['says nothing', () => undefined],
    ['talks HTTP', () => 'HTTP/1.1 400 Bad Request\nContent-Type: text/html\n\n'],
    ['names no channel', () => 'Content-Type: command/reply\nReply-Text: +OK\n\n'],
    ['names a channel that is none', () => 'Content-Type: command/reply\nUnique-ID: a%0Aexit\n\n'],
    ['says an endless line', () => 'x'.repeat(70_000)],
    ['announces too much', () => 'Content-Type: command/reply\nContent-Length: 99999999999\n\n'],
    ['hangs up', () => void switchSide.destroy()],
  ])('is let go when he %s', async (_what, answer) => {
    await expect(connected(answer, 200)).rejects.toThrow();
    await waitFor('the connection is closed', () => switchSide.destroyed || switchSide.readableEnded);
  });
});
