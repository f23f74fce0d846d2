/**
 * The part of modesl 1.2.1 that is used here. What is not declared is not used: its parser and reply queues have faults
 * (unguarded decoding, replies shifted by `execute`, callbacks that are never called), ours stand in their place.
 */
declare module 'modesl' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  export class Connection {
    /** Counts its arguments: exactly these four make an inbound connection. `ready` is called on the event `esl::ready`. */
    constructor(host: string, port: number, password: string, ready: () => void);
    protected socket: Socket | null;
    protected password: string;
    protected connecting: boolean;
    protected authed: boolean;
    /** Called when TCP is connected. modesl's own version sets up its parser and its log-in. */
    protected _onConnect(): void;
    /** Called on a socket error. modesl's own version emits `error`, which throws when nobody listens. */
    protected _onError(error: Error): void;
    protected emit(event: string): boolean;
    /** Writes the command, the headers and the closing empty line. */
    send(command: string, headers?: Readonly<Record<string, string>>): void;
    connected(): boolean;
  }

  /** modesl's own decoder, for the comparison in the benchmark only. */
  export class Parser {
    constructor(socket: EventEmitter);
    on(event: string, listener: (...values: unknown[]) => void): this;
  }
}
