import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { HandedChannel } from '@app/esl';
import { freePort } from '../testing/free-port';
import { until } from '../testing/until';
import { KnownPeers } from './known-peers';
import { RouteServer } from './route-server';

const CHANNEL = 'Unique-ID: u-1\nCore-UUID: core-1\nContent-Type: command/reply\nReply-Text: %2BOK%0A\n\n';
const OK = 'Content-Type: command/reply\nReply-Text: +OK\n\n';

let port: number;
let server: RouteServer;
let taken: HandedChannel[];
let warned: string[];

async function start(networks: readonly string[], mostCalls = 10): Promise<void> {
  port = await freePort();
  taken = [];
  warned = [];
  const log = { info: () => undefined, warn: (_facts: unknown, words: string) => void warned.push(words) };
  const take = async (channel: HandedChannel): Promise<void> => {
    taken.push(channel);
    await channel.ended;
  };
  server = new RouteServer(
    new KnownPeers([], networks),
    take,
    { host: '127.0.0.1', port, mostCalls, commandMs: 300 },
    log,
  );
  await server.start();
}

/** Somebody connects, and answers each command with the next of these texts. */
async function visitor(...answers: readonly string[]): Promise<Socket> {
  const left = [...answers];
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    for (const _command of chunk.toString().matchAll(/\n\n/g)) {
      const answer = left.shift();
      if (answer !== undefined) socket.write(answer);
    }
  });
  await once(socket, 'connect');
  return socket;
}

afterEach(() => {
  server.stopListening();
  server.closeAll();
});

describe('the outbound event socket', () => {
  it('takes channels of a switch, and not more than it may', async () => {
    await start(['127.0.0.1'], 1);
    const first = await visitor(CHANNEL, OK, OK);
    await until(() => taken.length === 1);
    const second = await visitor(CHANNEL, OK, OK);
    await once(second, 'close');
    first.destroy();
    await until(() => taken[0]?.isOver === true);
    await visitor(CHANNEL, OK, OK);
    await until(() => taken.length === 2);
  });

  it('lets nobody in who is no switch of ours', async () => {
    await start(['10.0.0.0/8']);
    const stranger = await visitor(CHANNEL, OK, OK);
    await once(stranger, 'close');
    expect([taken, warned]).toEqual([[], ['whoever wants to hand over a call is no switch of ours']]);
  });

  it.each([
    ['who says nothing', []],
    ['who talks HTTP', ['HTTP/1.1 200 OK\nContent-Type: text/html\n\n']],
    ['who refuses our commands', [CHANNEL, 'Content-Type: command/reply\nReply-Text: -ERR no\n\n']],
  ])('lets go %s, and takes the next', async (_who, answers) => {
    await start(['127.0.0.1']);
    await once(await visitor(...answers), 'close');
    expect(taken).toEqual([]);
    await visitor(CHANNEL, OK, OK);
    await until(() => taken.length === 1);
  });

  it('takes no more calls when it stops, and keeps those that it has', async () => {
    await start(['127.0.0.1']);
    await visitor(CHANNEL, OK, OK);
    await until(() => taken.length === 1);
    server.stopListening();
    const late = connect(port, '127.0.0.1');
    await expect(once(late, 'connect')).rejects.toThrow('ECONNREFUSED');
    expect(taken[0]?.isOver).toBe(false);
  });
});
