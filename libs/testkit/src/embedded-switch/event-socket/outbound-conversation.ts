import type { Command } from '../../replay-switch/socket/command-reader';
import { plainText } from '../../replay-switch/socket/encode-event';
import {
  disconnectNotice,
  EslSession,
  type Answer,
  type Conversation,
  type SwitchDoor,
} from '../../replay-switch/socket/esl-session';
import type { Subscription } from '../../replay-switch/socket/subscription';
import { eventHead } from '../../replay-switch/state/own-events';
import { channelData, profileHeaders, type Channel } from '../core';
import { obeyMessage, sendMessage } from './send-message';

export interface OutboundMode {
  /** Commands are queued, and the client need not wait for one to end. */
  readonly isAsync: boolean;
  /** The client may do everything, not only with its own channel. */
  readonly isFull: boolean;
}

const EVERYTHING = { allowedEvents: undefined, allowedApi: undefined, granted: [] };
const GOODBYE = 'Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n';

/** The talk with a client that the switch has connected to for one channel (application `socket`). */
export class OutboundConversation implements Conversation {
  readonly greeting = '';
  readonly #general: EslSession;
  isConnected = false;
  resumes = false;
  /** Seconds that the connection outlives the channel; -1 = as long as the client likes, undefined = not at all. */
  lingerSeconds: number | undefined;

  constructor(
    private readonly channel: Channel,
    door: SwitchDoor,
    private readonly mode: OutboundMode,
  ) {
    this.#general = new EslSession(door, EVERYTHING);
  }

  get subscription(): Subscription | undefined {
    return this.#general.subscription;
  }

  async answer(command: Command): Promise<Answer> {
    const [verb = '', argument = ''] = command.line.split(' ');
    switch (verb.toLowerCase()) {
      case 'connect':
        return this.#connect();
      case 'sendmsg':
        return this.#sendMessage(argument || (command.headers.get('session-id') ?? ''), command);
      case 'resume':
        this.resumes = true;
        this.channel.variables.set('socket_resume', 'true');
        return replied('+OK');
      case 'getvar':
        return replied(this.channel.variables.get(argument) ?? '');
      case 'myevents':
        return replied(this.subscription?.subscribeToChannel(this.channel.uuid, argument) ?? '');
      case 'linger':
        return this.#linger(argument);
      case 'nolinger':
        this.lingerSeconds = undefined;
        return replied('+OK will not linger');
      case 'divert_events':
        return replied(argument === 'on' ? '+OK events diverted' : '+OK events not diverted');
      case 'exit':
        return { writes: [...replied('+OK bye').writes, ...this.farewell()], closes: true };
      default:
        return this.mode.isFull ? this.#general.answer(command) : replied('-ERR command not found');
    }
  }

  /** The channel is gone, and the connection stays for a while. */
  lingerNotice(): string {
    return [
      'Content-Type: text/disconnect-notice',
      `Controlled-Session-UUID: ${this.channel.uuid}`,
      'Content-Disposition: linger',
      `Channel-Name: ${this.channel.name}`,
      `Linger-Time: ${this.lingerSeconds ?? 0}`,
      'Content-Length: 0\n\n',
    ].join('\n');
  }

  /** Header and body of the last notice. */
  farewell(): string[] {
    const [, body] = disconnectNotice(GOODBYE);
    const head = [
      'Content-Type: text/disconnect-notice',
      `Controlled-Session-UUID: ${this.channel.uuid}`,
      'Content-Disposition: disconnect',
      `Content-Length: ${body.length}\n\n`,
    ].join('\n');
    return [head, body];
  }

  /** All about the channel, in the form of a plain event that is a reply as well. */
  #connect(): Answer {
    const { channel, mode } = this;
    this.isConnected = true;
    channel.poke();
    const event = {
      ...eventHead('CHANNEL_DATA', channel.core.events.identity, channel.core.clock.now()),
      'Event-Sequence': channel.core.events.nextSequence(),
      ...profileHeaders(channel.profile, 'Channel'),
      ...channelData(channel),
      'Content-Type': 'command/reply',
      'Reply-Text': '+OK\n',
      'Socket-Mode': mode.isAsync ? 'async' : 'static',
      Control: mode.isFull ? 'full' : 'single-channel',
    };
    return { writes: [plainText(Object.entries(event))], closes: false };
  }

  async #sendMessage(uuid: string, command: Command): Promise<Answer> {
    const { channel, mode } = this;
    const other = uuid === '' || uuid === channel.uuid ? undefined : channel.core.locate(uuid);
    if (uuid !== '' && uuid !== channel.uuid && !other) return replied(`-ERR invalid session id [${uuid}]`);
    if (other) return replied(sendMessage(other, command));
    const waits = !mode.isAsync && command.headers.get('async') !== 'true';
    return replied(waits ? await obeyMessage(channel, command) : sendMessage(channel, command));
  }

  #linger(argument: string): Answer {
    const seconds = Number.parseInt(argument, 10);
    this.lingerSeconds = Number.isNaN(seconds) ? -1 : seconds;
    return replied(
      this.lingerSeconds < 0 ? '+OK will linger' : `+OK will linger ${this.lingerSeconds} seconds`,
    );
  }
}

function replied(text: string): Answer {
  return { writes: [`Content-Type: command/reply\nReply-Text: ${text}\n\n`], closes: false };
}
