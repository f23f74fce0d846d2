import type { SipMessageRecord } from './evidence';
import type { ScenarioRecord } from './run-record';

/** Reports become artefacts that many can read, and a digest gives a weak password away to whoever has the time. */
const DIGEST = /(\b(?:response|cnonce)\s*=\s*)"?[^",\s]{1,256}"?/gi;
const CREDENTIALS = /^(?:proxy-)?authorization\s*:.*$/gim;
const BASIC = /(:\s*basic\s+)\S+/i;

/** A SIP message without what could be guessed a password from. */
export function withoutDigests(text: string): string {
  return text.replace(CREDENTIALS, (line) =>
    line.replace(DIGEST, '$1"[hidden]"').replace(BASIC, '$1[hidden]'),
  );
}

/**
 * The SIP log of a scenario as a text file: before each message a line about its time and way, as log readers expect it.
 */
export function sipLog({ messages, startedAt }: Pick<ScenarioRecord, 'messages' | 'startedAt'>): string {
  const start = Date.parse(startedAt);
  return messages.map((message) => entry(message, start)).join('\n');
}

function entry(message: SipMessageRecord, start: number): string {
  const { atMs, from, to, fromAddress, toAddress, transport, isRepeat, text } = message;
  const at = new Date(start + Math.round(atMs)).toISOString();
  const [sender, receiver] = [
    [from, fromAddress],
    [to, toAddress],
  ].map(([name = '', address]) => (address === undefined ? name : `${name} ${address}`));
  const repeat = isRepeat ? ' (repeat)' : '';
  const head = `--- ${at} ${transport} ${sender} -> ${receiver}${repeat}`;
  return `${head}\n${withoutDigests(text).replace(/\r\n/g, '\n').trimEnd()}\n`;
}
