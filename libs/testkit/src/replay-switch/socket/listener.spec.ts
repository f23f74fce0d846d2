import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { EslSession, type SwitchDoor } from './esl-session';
import { Listener } from './listener';
import { Logins } from './logins';

/** A socket that keeps every single write. */
class FakeSocket extends Duplex {
  readonly writes: string[] = [];

  override _read(): void {
    // what the client says is pushed from outside
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.writes.push(chunk.toString());
    done();
  }

  setNoDelay(): void {
    // nothing to delay
  }
}

describe('what a client gets', () => {
  const door: SwitchDoor = {
    logins: new Logins('ClueCon', {}),
    api: (command) => Promise.resolve(`${command}\n`),
    bgapi: () => 'job',
    sendEvent: () => 'event',
    hasChannel: () => false,
  };

  it('comes in two writes when it has a body, as from the real switch', async () => {
    const socket = new FakeSocket();
    const answered = new Promise<void>((resolve) => {
      const watcher = {
        received: () => undefined,
        answered: ({ line }: { line: string }) => line === 'api x' && resolve(),
      };
      const listener = new Listener(socket as unknown as Socket, new EslSession(door), watcher);
      listener.send({ head: 'Content-Length: 2\nContent-Type: text/event-json\n\n', body: '{}' });
      socket.push('auth ClueCon\n\napi x\n\n');
    });
    await answered;
    expect(socket.writes).toEqual([
      'Content-Type: auth/request\n\n',
      'Content-Length: 2\nContent-Type: text/event-json\n\n',
      '{}',
      'Content-Type: command/reply\nReply-Text: +OK accepted\n\n',
      'Content-Type: api/response\nContent-Length: 2\n\n',
      'x\n',
    ]);
  });
});
