import type { MethodName } from './contract';

/**
 * What a second execution of the same request does. It decides what a lost answer means: harmless ones are simply
 * repeated, for the others the outcome is unknown and has to be found out.
 */
export type MethodSafety =
  /** Changes nothing. */
  | 'read'
  /** Ends in the same state however often it runs. */
  | 'repeatable'
  /** The portal recognises a word-for-word repeat for `registerDedupWindowMs`, if EXTERNAL_CALL_ID was sent. */
  | 'repeatable-for-a-while'
  /** The second time is refused or counts twice. */
  | 'once';

/** The multipart POST to `uploadUrl`, which is not a REST method but behaves like one. */
export const UPLOAD = 'upload';
export type RequestName = MethodName | typeof UPLOAD;

/** register gives the same CALL_ID for 30 minutes (documentation page of register). */
export const registerDedupWindowMs = 30 * 60_000;

const safety: Readonly<Record<RequestName, MethodSafety>> = {
  'telephony.externalCall.register': 'repeatable-for-a-while',
  'telephony.externalCall.show': 'repeatable',
  'telephony.externalCall.hide': 'repeatable',
  'telephony.externalCall.finish': 'once',
  'telephony.externalCall.attachRecord': 'repeatable', // the newer recording replaces the older one
  'telephony.externalCall.searchCrmEntities': 'read',
  'voximplant.statistic.get': 'read',
  'user.get': 'read',
  upload: 'repeatable',
};

/** How safe it is to run a request again. */
export function safetyOf(method: RequestName): MethodSafety {
  return safety[method];
}

/** True if a request whose answer was lost may be sent again without asking what became of the first one. */
export function isHarmlessToRepeat(method: RequestName): boolean {
  const known = safetyOf(method);
  return known === 'read' || known === 'repeatable';
}
