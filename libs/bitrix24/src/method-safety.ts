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
/** The request for new tokens, which goes to the OAuth server. */
export const OAUTH_TOKEN = 'oauth.token';
export type RequestName = MethodName | typeof UPLOAD | typeof OAUTH_TOKEN;

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
  'voximplant.line.outgoing.get': 'read',
  'user.get': 'read',
  'user.current': 'read',
  'telephony.externalLine.add': 'repeatable', // refused the second time, and the line is there
  'telephony.externalLine.update': 'repeatable',
  'telephony.externalLine.delete': 'repeatable',
  'telephony.externalLine.get': 'read',
  'event.bind': 'repeatable', // refused the second time, and bound
  'event.unbind': 'repeatable',
  'event.get': 'read',
  'event.test': 'repeatable',
  events: 'read',
  'event.offline.list': 'read',
  'event.offline.get': 'once', // what it returned is deleted or set aside, whether or not the answer arrived
  'event.offline.clear': 'repeatable',
  'crm.item.get': 'read',
  'crm.lead.get': 'read',
  'crm.contact.get': 'read',
  'crm.company.get': 'read',
  'crm.status.list': 'read',
  'im.notify.system.add': 'once', // without a TAG there are two notices
  'app.info': 'read',
  profile: 'read',
  scope: 'read',
  'method.get': 'read',
  'server.time': 'read',
  batch: 'once', // unless its commands are known: `riskiestOf`
  upload: 'repeatable',
  'oauth.token': 'repeatable', // if the lost one has worked, the second is refused: then only an installation helps
};

/** How safe it is to run a request again. */
export function safetyOf(method: RequestName): MethodSafety {
  return safety[method];
}

/** The one of several methods whose second execution does most harm. */
export function riskiestOf<M extends RequestName>(methods: readonly [M, ...M[]]): M {
  return methods.reduce((worst, method) => (isHarmlessToRepeat(worst) ? method : worst));
}

/** True if a request whose answer was lost may be sent again without asking what became of the first one. */
export function isHarmlessToRepeat(method: RequestName): boolean {
  const known = safetyOf(method);
  return known === 'read' || known === 'repeatable';
}
