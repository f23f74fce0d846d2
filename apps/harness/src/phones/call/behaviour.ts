import { ANNOUNCEMENT, RINGBACK, type Sound } from '../media/tones';

/** What somebody does who is called: first a sign of progress, then, perhaps, an end to the waiting. */
export interface Behaviour {
  /** `ringing`: 180; `silent`: nothing but the 100 of the protocol; a sound: 183 with it as early media. */
  readonly progress: 'ringing' | 'silent' | Sound;
  /** Missing: it goes on like this until somebody does something. */
  readonly then?: Ending;
  /** How long until then, ms. */
  readonly afterMs?: number;
}

export type Ending =
  | { readonly kind: 'answer' }
  | { readonly kind: 'refuse'; readonly statusCode: number; readonly reason?: string }
  | { readonly kind: 'redirect'; readonly to: string };

/** Rings until it is answered by hand; the caller will have to give up otherwise. */
export const rings: Behaviour = { progress: 'ringing' };

/** Never says a word: the caller gets no more than 100 Trying. */
export const saysNothing: Behaviour = { progress: 'silent' };

/** Rings and answers after a while. */
export function answersAfter(ms: number): Behaviour {
  return { progress: 'ringing', then: { kind: 'answer' }, afterMs: ms };
}

/** Answers at once, without ringing. */
export const answers: Behaviour = { progress: 'silent', then: { kind: 'answer' } };

/** Refuses with a code of 400 to 699; after a while of ringing, if so said. */
export function refuses(statusCode: number, options: { readonly afterMs?: number } = {}): Behaviour {
  const progress = options.afterMs === undefined ? 'silent' : 'ringing';
  return { progress, then: { kind: 'refuse', statusCode }, ...options };
}

/** Sends the caller to another number (302). */
export function redirectsTo(to: string): Behaviour {
  return { progress: 'silent', then: { kind: 'redirect', to } };
}

/** Ringing made by the far network, heard before the answer. */
export const ringsAudibly: Behaviour = { progress: RINGBACK };

/** "The number you have dialled...": early media, then a refusal. */
export function announcesAndRefuses(statusCode: number, afterMs = 2_000): Behaviour {
  return { progress: ANNOUNCEMENT, then: { kind: 'refuse', statusCode }, afterMs };
}
