import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from 'sip.js';
import { PhoneError } from './phone-error';
import { answerTo } from './within';

/** "The other side is asking too": both wait a while of their own (RFC 3261, section 14.1). */
const REQUEST_PENDING = 491;
const LONGEST_PAUSE_MS = 400;
const ATTEMPTS = 8;

/**
 * Describes our sound anew in a talk. The other side may be doing the same at that moment: then once more.
 *
 * @throws PhoneError when it refuses
 */
export async function reinvite(session: Session, what: string): Promise<void> {
  for (let left = ATTEMPTS; ; left--) {
    try {
      await attempt(session, what);
      return;
    } catch (error) {
      if (left === 0 || !isClash(error)) throw error;
      await pause(Math.random() * LONGEST_PAUSE_MS);
    }
  }
}

async function attempt(session: Session, what: string): Promise<void> {
  await answerTo(what, ({ accepted, refused }) =>
    session.invite({
      requestDelegate: {
        onAccept: accepted,
        onReject: ({ message }) => refused(message.statusCode, message.reasonPhrase),
      },
    }),
  );
}

/** SIP.js does not even ask while an exchange that the other side began is not over. */
function isClash(error: unknown): boolean {
  if (!(error instanceof PhoneError)) return false;
  return error.statusCode === REQUEST_PENDING || /ongoing re-INVITE|Reinvite in progress/.test(error.message);
}
