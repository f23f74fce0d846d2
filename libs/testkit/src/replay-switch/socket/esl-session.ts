import type { EventRecord } from '../../captured-calls/captured-event';
import type { Command } from './command-reader';
import type { Login, Logins } from './logins';
import { Subscription } from './subscription';

/** What a session needs from the switch behind it. */
export interface SwitchDoor {
  readonly logins: Logins;
  /** Output of an api command. */
  api(command: string, args: string): Promise<string>;
  /** Starts an api command whose output comes as BACKGROUND_JOB; gives the Job-UUID. */
  bgapi(command: string, args: string, jobUuid: string | undefined): string;
  /** Fires an event of a client (`sendevent`); gives its Event-UUID. */
  sendEvent(record: EventRecord): string;
  hasChannel(uuid: string): boolean;
  /** Whether a client from there may even try; everybody may when left out. */
  admits?(address: string): boolean;
  /** `sendmsg` to a channel that is there; gives the reply. A replay has no channel to control. */
  sendMessage?(uuid: string, command: Command): string;
}

/** One client's side of the event socket: commands in, texts out. */
export interface Conversation {
  /** What the client gets first; '' = nothing. */
  readonly greeting: string;
  /** undefined = no events for it (yet). */
  readonly subscription: Subscription | undefined;
  answer(command: Command): Promise<Answer>;
}

/** What goes out for one command: each text one write, then perhaps the goodbye. */
export interface Answer {
  readonly writes: readonly string[];
  readonly closes: boolean;
}

const NOT_FOUND = '-ERR command not found';
const GOODBYE = 'Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n';

/**
 * One client's conversation with the event socket, from `auth/request` to the goodbye. It knows no socket; it turns
 * commands into the texts mod_event_socket would write (protocol samples of a real switch).
 */
export class EslSession implements Conversation {
  readonly greeting = 'Content-Type: auth/request\n\n';
  #login: Login | undefined;
  #subscription: Subscription;

  /** @param login for a client that need not log in: the switch itself has connected to it */
  constructor(
    private readonly door: SwitchDoor,
    login?: Login,
  ) {
    this.#login = login;
    this.#subscription = new Subscription(login?.allowedEvents);
  }

  /** undefined until the client has logged in. */
  get subscription(): Subscription | undefined {
    return this.#login && this.#subscription;
  }

  /** Answers one command. */
  async answer(command: Command): Promise<Answer> {
    const verb = firstWord(command.line).toLowerCase();
    if (verb === 'exit') return farewell('+OK bye');
    if (!this.#login) return this.#beforeLogin(verb, rest(command.line));
    if (verb === 'api') return this.#api(rest(command.line));
    return replied(this.#reply(verb, command));
  }

  #beforeLogin(verb: string, argument: string): Answer {
    if ((verb !== 'auth' && verb !== 'userauth') || argument === '') return replied(NOT_FOUND);
    this.#login = verb === 'auth' ? this.door.logins.auth(argument) : this.door.logins.userauth(argument);
    if (!this.#login) return farewell('-ERR invalid');
    this.#subscription = new Subscription(this.#login.allowedEvents);
    return replied('+OK accepted', ...this.#login.granted);
  }

  async #api(line: string): Promise<Answer> {
    const command = firstWord(line);
    if (!this.#mayCall(command)) return replied('-ERR permission denied');
    const output = (await this.door.api(command, rest(line))) || '-ERR no reply\n';
    const head = `Content-Type: api/response\nContent-Length: ${Buffer.byteLength(output)}\n\n`;
    return { writes: [head, output], closes: false };
  }

  /** Reply-Text, and further header lines after it. */
  #reply(verb: string, command: Command): string {
    const argument = rest(command.line);
    const words = argument.split(/ +/).filter((word) => word !== '');
    switch (verb) {
      case 'event':
        return this.#subscription.subscribe(words);
      case 'nixevent':
        return this.#subscription.unsubscribe(words);
      case 'noevents':
        return this.#subscription.clear();
      case 'filter':
        return argument === '' ? NOT_FOUND : this.#subscription.filters.command(words);
      case 'bgapi':
        return this.#bgapi(argument, command.headers.get('job-uuid'));
      case 'sendevent':
        return `+OK ${this.door.sendEvent(sentEvent(argument, command))}`;
      case 'sendmsg':
        return this.#sendMessage(argument || (command.headers.get('session-id') ?? ''), command);
      case 'myevents':
        return this.#myEvents(words);
      case 'linger':
      case 'nolinger':
        return '-ERR not controlling a session';
      case 'divert_events':
        return '-ERR not controlling a session.';
      default:
        return NOT_FOUND;
    }
  }

  #sendMessage(uuid: string, command: Command): string {
    if (!this.door.hasChannel(uuid)) return `-ERR invalid session id [${uuid}]`;
    return this.door.sendMessage?.(uuid, command) ?? '+OK';
  }

  /** `myevents UUID [plain|json|xml]`: everything about that channel, and about no other. */
  #myEvents([uuid = '', format = '']: readonly string[]): string {
    if (uuid === '') return NOT_FOUND;
    if (!this.door.hasChannel(uuid)) return '-ERR invalid uuid';
    return this.#subscription.subscribeToChannel(uuid, format);
  }

  #bgapi(line: string, wantedJob: string | undefined): string {
    const command = firstWord(line);
    if (!this.#mayCall(command)) return '-ERR permission denied';
    const job = this.door.bgapi(command, rest(line), wantedJob);
    return `+OK Job-UUID: ${job}\nJob-UUID: ${job}`;
  }

  #mayCall(command: string): boolean {
    return this.#login?.allowedApi?.has(command) ?? true;
  }
}

function replied(...lines: readonly string[]): Answer {
  return { writes: [`Content-Type: command/reply\nReply-Text: ${lines.join('\n')}\n\n`], closes: false };
}

/** The last reply, the notice, and the end of the connection follow one another without a pause. */
function farewell(text: string): Answer {
  return { writes: [...replied(text).writes, ...disconnectNotice(GOODBYE)], closes: true };
}

/** Header and body of text/disconnect-notice. */
export function disconnectNotice(text: string): [string, string] {
  return [`Content-Type: text/disconnect-notice\nContent-Length: ${Buffer.byteLength(text)}\n\n`, text];
}

function sentEvent(name: string, { written, body }: Command): EventRecord {
  const headers = written.filter(([header]) => header.toLowerCase() !== 'content-length');
  const length = String(Buffer.byteLength(body));
  return {
    'Event-Name': name === '' ? 'CUSTOM' : name,
    ...Object.fromEntries(headers),
    ...(body !== '' && { 'Content-Length': length, _body: body }),
  };
}

function firstWord(line: string): string {
  return line.split(' ', 1)[0] ?? '';
}

function rest(line: string): string {
  const space = line.indexOf(' ');
  return space < 0 ? '' : line.slice(space + 1);
}
