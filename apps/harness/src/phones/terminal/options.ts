import { parseArgs } from 'node:util';
import { UsageError } from '../../usage-error';
import type { Network, TransportName } from '../endpoint/network';
import { SIP_PORT, type Place } from '../wire/address';

export const PHONE_USAGE = `phone NUMBER [--server HOST[:PORT]] [--transport tcp|udp|ws] [--password WORD] [...]
  A test phone in the terminal, registered as NUMBER. It says a tone and shows what it hears; "help" lists its commands.
  --server HOST[:PORT]  the switch (default 127.0.0.1:5060); for ws also a ws:// or wss:// address
  --transport NAME      tcp (default), udp or ws
  --media NAME          rtp (default: G.711) or webrtc (DTLS-SRTP, Opus; needs an optional package)
  --domain NAME         the domain of its address (default: the server's host)
  --password WORD       also taken from PHONE_PASSWORD, which does not show in the list of processes
  --auth-name NAME      the user name for the password, if it is not the number
  --name TEXT           what others see as its name
  --tone HZ             what it says, 300 to 3400 (default 550)
  --answer              answers by itself
  --no-register         only calls; is not called
  --sip-log FILE        writes every SIP message there at the end`;

/** What the terminal phone was asked for. */
export interface TerminalOptions {
  readonly number: string;
  readonly network: Network & { readonly server: Place };
  readonly domain: string;
  readonly password?: string;
  readonly authName?: string;
  readonly name?: string;
  readonly media: 'rtp' | 'webrtc';
  readonly toneHz: number;
  readonly answers: boolean;
  readonly registers: boolean;
  readonly sipLog?: string;
}

const DEFAULT_TONE = '550';
/** The telephone band, Hz. */
const LOWEST = 300;
const HIGHEST = 3400;
const TRANSPORTS: readonly string[] = ['tcp', 'udp', 'ws'] satisfies TransportName[];
/** Where FreeSWITCH's example configuration listens for WebSockets. */
const WS_PORT = 5066;

/** @throws UsageError with a sentence for the user */
export function terminalOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): TerminalOptions {
  const { values, positionals } = parse(args);
  const [number, ...more] = positionals;
  if (number === undefined || more.length > 0)
    throw new UsageError(`A phone has one number.\n\n${PHONE_USAGE}`);
  const toneHz = Number(values.tone ?? DEFAULT_TONE);
  if (!(toneHz >= LOWEST && toneHz <= HIGHEST))
    throw new UsageError(`--tone takes a frequency from ${LOWEST} to ${HIGHEST} Hz.`);
  const network = networkOf(values.transport ?? 'tcp', values.server ?? '127.0.0.1');
  return {
    number,
    network,
    domain: values.domain ?? network.server.host,
    password: values.password ?? env['PHONE_PASSWORD'],
    authName: values['auth-name'],
    name: values.name,
    media: mediaOf(values.media ?? 'rtp'),
    toneHz,
    answers: values.answer === true,
    registers: values['no-register'] !== true,
    sipLog: values['sip-log'],
  };
}

function mediaOf(media: string): TerminalOptions['media'] {
  if (media === 'rtp' || media === 'webrtc') return media;
  throw new UsageError('--media is rtp or webrtc.');
}

function networkOf(transport: string, server: string): TerminalOptions['network'] {
  if (!isTransport(transport)) throw new UsageError(`--transport is one of: ${TRANSPORTS.join(', ')}.`);
  const isUrl = /^wss?:\/\//.test(server);
  if (isUrl && transport !== 'ws') throw new UsageError(`${server} is for --transport ws.`);
  const url = isUrl ? urlOf(server) : undefined;
  const place = url
    ? { host: url.hostname, port: portOf(url) }
    : placeOf(server, transport === 'ws' ? WS_PORT : SIP_PORT);
  return { transport, server: place, ...(url && { url: url.href }) };
}

function urlOf(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new UsageError(`"${text}" is no address of a server.`, { cause });
  }
}

function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === 'wss:' ? 443 : 80));
}

function placeOf(text: string, defaultPort: number): Place {
  const [, host, port] = /^([A-Za-z0-9][A-Za-z0-9.-]*)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const number = Number(port ?? defaultPort);
  if (host === undefined || number < 1 || number > 65_535)
    throw new UsageError(`"${text}" is no address of a server: HOST or HOST:PORT.`);
  return { host, port: number };
}

function isTransport(text: string): text is TransportName {
  return TRANSPORTS.includes(text);
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        server: text,
        transport: text,
        domain: text,
        media: text,
        password: text,
        'auth-name': text,
        name: text,
        tone: text,
        answer: flag,
        'no-register': flag,
        'sip-log': text,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
