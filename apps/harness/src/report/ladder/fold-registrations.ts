import type { SipMessageRecord } from '../evidence';
import { glanceAt } from './glance';

/** Messages one by one, or a stretch of routine traffic as a whole. */
export type Folded =
  | { readonly kind: 'message'; readonly message: SipMessageRecord; readonly index: number }
  | {
      readonly kind: 'routine';
      readonly atMs: number;
      readonly messages: readonly SipMessageRecord[];
      /** Index of the first of them. */
      readonly first: number;
    };

const ROUTINE = /(?:REGISTER|OPTIONS)$/;

/**
 * Folds registrations and keep-alives that went well: a scenario with four phones begins with sixteen such messages, and
 * none of them matters. One that was refused in the end stays as it is.
 */
export function foldRegistrations(messages: readonly SipMessageRecord[]): Folded[] {
  const isRoutine = routineCheck(messages);
  const folded: Folded[] = [];
  messages.forEach((message, index) => {
    const last = folded.at(-1);
    if (!isRoutine(message)) folded.push({ kind: 'message', message, index });
    else if (last?.kind === 'routine') folded[folded.length - 1] = joined(last, message);
    else folded.push({ kind: 'routine', atMs: message.atMs, messages: [message], first: index });
  });
  return folded;
}

function joined(
  stretch: Extract<Folded, { kind: 'routine' }>,
  message: SipMessageRecord,
): Extract<Folded, { kind: 'routine' }> {
  return { ...stretch, messages: [...stretch.messages, message] };
}

/** Went well: the last word on that Call-ID is a success. */
function routineCheck(messages: readonly SipMessageRecord[]): (message: SipMessageRecord) => boolean {
  const lastWord = new Map<string, string>();
  for (const message of messages)
    if (ROUTINE.test(message.cseq)) lastWord.set(message.callId, glanceAt(message).kind);
  return ({ cseq, callId }) => ROUTINE.test(cseq) && lastWord.get(callId) === 'success';
}
