import type { Session } from 'sip.js';
import { isDialable } from '../media/telephone-event';
import { answerTo } from './within';

const TYPE = 'application/dtmf-relay';
const DURATION_MS = 160;

/** Sends DTMF digits as INFO requests, one each: the older way, for what has no telephone-events. @throws PhoneError */
export async function sendInfoDigits(session: Session, digits: string): Promise<void> {
  for (const digit of digits) {
    const content = `Signal=${digit}\r\nDuration=${DURATION_MS}\r\n`;
    await answerTo(`the digit ${digit} by INFO`, ({ accepted, refused }) =>
      session.info({
        requestOptions: { body: { contentDisposition: 'render', contentType: TYPE, content } },
        requestDelegate: {
          onAccept: accepted,
          onReject: ({ message }) => refused(message.statusCode, message.reasonPhrase),
        },
      }),
    );
  }
}

/** Some write the numbers of telephone-events instead (RFC 4733, table 7). */
const BY_NUMBER: Readonly<Record<string, string>> = { '10': '*', '11': '#' };

/** @returns the digit of an INFO request; undefined if it carries none */
export function readInfoDigit(contentType: string, body: string): string | undefined {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  const signal =
    type === TYPE
      ? /^\s*signal\s*=\s*(\S+)/im.exec(body)?.[1]
      : type === 'application/dtmf'
        ? body.trim()
        : '';
  const digit = BY_NUMBER[signal ?? ''] ?? signal ?? '';
  return digit.length === 1 && isDialable(digit) ? digit : undefined;
}
