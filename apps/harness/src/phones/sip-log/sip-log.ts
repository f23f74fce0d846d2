import { Journal } from '../journal/journal';
import { now } from '../journal/now';
import { placeName, type Place } from '../wire/address';
import type { MessageHead } from '../wire/message-head';

/** One SIP message as it was on the network. */
export interface SipLogEntry {
  /** ms since 1970. */
  readonly at: number;
  /** Whose message: the name of the phone or trunk. */
  readonly owner: string;
  readonly direction: 'sent' | 'received';
  readonly transport: string;
  readonly local: Place;
  readonly remote: Place;
  /** Sent or received before: a repeat over UDP. */
  readonly isRepeat: boolean;
  readonly text: string;
  /** What it is; missing when it is not SIP. */
  readonly head?: MessageHead;
}

/** Every SIP message of all phones and trunks of a run, in the order in which they passed. */
export class SipLog {
  readonly #journal = new Journal<SipLogEntry>(describeMessage);

  get entries(): readonly SipLogEntry[] {
    return this.#journal.entries;
  }

  record(message: Omit<SipLogEntry, 'at'>): void {
    this.#journal.add({ ...message, at: now() });
  }

  /** Calls back after each message. @returns what ends it */
  listen(listener: (entry: SipLogEntry) => void): () => void {
    return this.#journal.listen(listener);
  }

  /** The log as a text file, each message with a line about its time and way before it. */
  toText(): string {
    return this.entries.map(asText).join('\n');
  }
}

/** "INVITE 1001 -> 1002" or "180 Ringing (INVITE)", for ladders and messages. */
export function describeMessage({ head, text }: Pick<SipLogEntry, 'head' | 'text'>): string {
  if (!head) return `no SIP: ${JSON.stringify(text.slice(0, 40))}`;
  if (head.kind === 'response') return `${head.statusCode} ${head.reason} (${head.method})`;
  const [from, to] = [head.from, head.to].map(({ address, uri }) => address?.user || uri);
  return `${head.method} ${from} -> ${to}`;
}

function asText(entry: SipLogEntry): string {
  const arrow = entry.direction === 'sent' ? '->' : '<-';
  const way = `${placeName(entry.local)} ${arrow} ${placeName(entry.remote)}`;
  const repeat = entry.isRepeat ? ' (repeat)' : '';
  const headline = `--- ${new Date(entry.at).toISOString()} ${entry.owner} ${entry.transport} ${way}${repeat}`;
  return `${headline}\n${entry.text.replace(/\r\n/g, '\n').trimEnd()}\n`;
}
