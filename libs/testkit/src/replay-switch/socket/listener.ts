import type { Socket } from 'node:net';
import type { Frame } from './encode-event';
import { CommandReader, type Command } from './command-reader';
import { disconnectNotice, type Conversation } from './esl-session';
import type { Subscription } from './subscription';

/** How a connection ends: FIN after all that was written, RST, or at once with whatever had left. */
export type Drop = 'fin' | 'rst' | 'now';

/** Who wants to know of a client's commands. */
export interface CommandWatcher {
  received(command: Command): void;
  answered(command: Command): void;
}

/** One connected client: its socket, and the commands of it that wait for their turn. */
export class Listener {
  readonly #reader = new CommandReader();
  readonly #commands: Command[] = [];
  #answering = false;

  constructor(
    private readonly socket: Socket,
    private readonly conversation: Conversation,
    private readonly watcher: CommandWatcher,
  ) {
    socket.setNoDelay(true);
    // A client that goes away in the middle of a write is nothing to complain about.
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      this.#commands.push(...this.#reader.feed(chunk));
      void this.#answerAll();
    });
    if (conversation.greeting !== '') socket.write(conversation.greeting);
  }

  /** undefined until the client has logged in. */
  get subscription(): Subscription | undefined {
    return this.conversation.subscription;
  }

  /** Sends header and body with two writes, as mod_event_socket does. */
  send({ head, body }: Frame): void {
    if (!this.socket.writable) return;
    this.socket.write(head);
    this.socket.write(body);
  }

  /** Sends a text/disconnect-notice without closing. */
  notify(text: string): void {
    const [head, body] = disconnectNotice(text);
    this.send({ head, body });
  }

  /** Resolves when what was written has left, or nobody is there any more. */
  async drained(): Promise<void> {
    if (!this.socket.writableNeedDrain || this.socket.destroyed) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.socket.off('drain', done).off('close', done);
        resolve();
      };
      this.socket.on('drain', done).on('close', done);
    });
  }

  close(how: Drop): void {
    if (how === 'rst') this.socket.resetAndDestroy();
    else if (how === 'now') this.socket.destroy();
    else this.socket.destroySoon();
  }

  /** One command after the other: the next one waits while an api command runs. */
  async #answerAll(): Promise<void> {
    if (this.#answering) return;
    this.#answering = true;
    for (let command = this.#commands.shift(); command; command = this.#commands.shift()) {
      this.watcher.received(command);
      const { writes, closes } = await this.conversation.answer(command);
      if (this.socket.writable) writes.forEach((text) => this.socket.write(text));
      if (closes) this.close('fin');
      this.watcher.answered(command);
    }
    this.#answering = false;
  }
}
