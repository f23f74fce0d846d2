import { connect, type Socket } from 'node:net';
import { Listener, type CommandWatcher } from '../../replay-switch/socket/listener';
import type { App } from '../apps';
import type { Channel } from '../core';
import { park, runErrands } from '../ivr';
import type { EventSocket } from './event-socket';
import { OutboundConversation, type OutboundMode } from './outbound-conversation';

const PATIENCE_MS = 5000;
const DEFAULT_PORT = 8084;

/**
 * `socket host:port|host:port async full`: connects to a program that then says what happens to the call
 * (mod_event_socket, socket_function). The first host that answers counts.
 */
export function socketApp(eventSocket: EventSocket, watch: () => CommandWatcher): App {
  return {
    name: 'socket',
    run: async (channel, data) => {
      const [hosts = '', ...flags] = data.split(/\s+/);
      const socket = await connectToFirst(channel, hosts.split('|'));
      if (!socket) return;
      const has = (flag: string): boolean => flags.some((each) => each.toLowerCase() === flag);
      await converse(eventSocket, channel, socket, { isAsync: has('async'), isFull: has('full') }, watch());
    },
  };
}

async function connectToFirst(channel: Channel, hosts: readonly string[]): Promise<Socket | undefined> {
  for (const host of hosts) {
    const [, name = '', port, path] = /^([^:/]+)(?::(\d+))?(?:\/(.*))?$/.exec(host) ?? [];
    if (name === '') continue;
    channel.variables.set('socket_path', path);
    channel.variables.set('socket_host', name);
    const socket = await open(name, port === undefined ? DEFAULT_PORT : Number(port));
    if (socket) return socket;
  }
  return undefined;
}

function open(host: string, port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const fail = (): void => {
      socket.destroy();
      resolve(undefined);
    };
    socket.setTimeout(PATIENCE_MS, fail);
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

async function converse(
  eventSocket: EventSocket,
  channel: Channel,
  socket: Socket,
  mode: OutboundMode,
  watcher: CommandWatcher,
): Promise<void> {
  const conversation = new OutboundConversation(channel, eventSocket.door, mode);
  const end = { isThere: false };
  // whoever controls a channel keeps it from being destroyed
  channel.hold();
  eventSocket.server.adopt(socket, new Listener(socket, conversation, watcher));
  socket.once('close', () => {
    end.isThere = true;
    channel.release();
    // whatever it is doing for the program ends, also a ring
    if (goesOn(channel, conversation)) channel.setState('CS_RESET');
    channel.clearFlag('CONTROLLED');
    channel.poke();
  });
  const forget = leaveWithChannel(channel, socket, conversation);
  socket.once('close', forget);
  const isOver = (): boolean => end.isThere || !channel.isReady;
  await channel.until(() => conversation.isConnected || isOver());
  if (mode.isAsync) await park(channel, () => !end.isThere);
  else await channel.until(isOver);
  await runErrands(channel);
  if (goesOn(channel, conversation)) channel.setState('CS_EXECUTE');
}

/** Whether the dial plan takes the channel back (socket_resume, or the command `resume`). */
function goesOn(channel: Channel, conversation: OutboundConversation): boolean {
  const isElsewhere = channel.has('REDIRECT') || channel.has('TRANSFER') || channel.has('RESET');
  if (!channel.isUp || channel.state === 'CS_HIBERNATE' || isElsewhere) return false;
  return conversation.resumes || channel.variables.isTrue('socket_resume');
}

/** The channel has ended: the client is told, and goes now or after it has lingered. */
function leaveWithChannel(channel: Channel, socket: Socket, conversation: OutboundConversation): () => void {
  let hasEnded = false;
  const callOffs: (() => void)[] = [];
  const close = (): void => {
    if (socket.writable) conversation.farewell().forEach((text) => socket.write(text));
    socket.destroySoon();
  };
  const stop = channel.signal.on(() => {
    if (channel.isUp || hasEnded) return;
    hasEnded = true;
    const seconds = conversation.lingerSeconds;
    if (seconds === undefined) {
      close();
      return;
    }
    if (socket.writable) socket.write(conversation.lingerNotice());
    if (seconds >= 0) callOffs.push(channel.core.clock.after(seconds * 1000, close));
  });
  return () => {
    stop();
    callOffs.forEach((callOff) => callOff());
  };
}
