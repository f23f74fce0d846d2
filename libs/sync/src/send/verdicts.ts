import type { PortalError, PortalErrorKind } from '@app/bitrix24';
import type { PortalStep, StepAnswer } from '@app/calls';
import { patienceMs } from '../patience';

/** What an error of the portal means for the step that met it, and for the run that took the step. */
export interface Consequence {
  readonly answer: StepAnswer;
  readonly then: AfterError;
}

export type AfterError =
  /** Something else can be done: look for the next step. */
  | { readonly kind: 'go-on' }
  /** Again, after the queue's growing delay. */
  | { readonly kind: 'retry'; readonly error: Error }
  /** The portal's request limit is reached: the step waits for another turn. */
  | { readonly kind: 'slow-down'; readonly error: PortalError }
  /** Not before `until` (epoch ms). */
  | { readonly kind: 'wait'; readonly until: number; readonly error: PortalError }
  /** Nothing works in this portal until a person has acted. */
  | { readonly kind: 'trouble'; readonly error: PortalError };

/** A fresh token was refused like the stale one: the portal may not have heard of it yet. */
const TOKEN_WAIT_MS = 10_000;

/** Errors after which nobody can tell whether the portal did what it was asked. */
const MAY_HAVE_RUN: ReadonlySet<PortalErrorKind> = new Set<PortalErrorKind>([
  'timeout',
  'connection-lost',
  'unreadable-answer',
  'server-error',
  'database-error',
]);

/** What concerns the portal as a whole, whatever method met it. */
const OF_THE_PORTAL: ReadonlySet<PortalErrorKind> = new Set<PortalErrorKind>([
  'refresh-token-dead',
  'client-rejected',
  'no-rest-on-this-plan',
  'portal-deleted',
  'blocked-by-vendor',
  'https-required',
]);

/** The right to see the statistics is granted apart from the rest: without it calls can still be filed. */
const WITH_RIGHTS_OF_ITS_OWN = 'voximplant.statistic.get';

/** The request for new tokens, which goes to the OAuth server: whatever became of it, the step itself was not done. */
const OAUTH = 'oauth.token';

/**
 * The one place where errors of the portal become what the call does next.
 *
 * @param callStartedAt epoch ms: who waits for a person looks again less often the longer it takes
 * @param now epoch ms
 */
export function consequenceOf(
  error: PortalError,
  step: PortalStep,
  { callStartedAt, now }: { readonly callStartedAt: number; readonly now: number },
): Consequence {
  const wait = (until: number): Consequence => ({ answer: NOT_DONE, then: { kind: 'wait', until, error } });
  switch (error.verdict) {
    case 'give-up':
      return { answer: refusal(error, step), then: { kind: 'go-on' } };
    case 'unknown-outcome':
      return { answer: { kind: 'unknown' }, then: { kind: 'retry', error } };
    case 'retry':
      return retryLater(error);
    case 'refresh-token':
      return wait(now + TOKEN_WAIT_MS);
    case 'wait-until':
      return wait(error.until ?? now + patienceMs(now - callStartedAt));
    case 'ask-a-person':
      if (concernsPortal(error)) return { answer: NOT_DONE, then: { kind: 'trouble', error } };
      // An old portal cannot tell who is responsible: that keeps no call from being filed.
      if (step.kind === 'find-owner') return { answer: refusal(error, step), then: { kind: 'go-on' } };
      return wait(now + patienceMs(now - callStartedAt));
  }
}

const NOT_DONE: StepAnswer = { kind: 'not-done' };

/** A refusal without a code is not the portal's own word: a firewall's page must not stop everything. */
function concernsPortal({ kind, method, code }: PortalError): boolean {
  if (kind !== 'access-denied') return OF_THE_PORTAL.has(kind);
  return code !== '' && method !== WITH_RIGHTS_OF_ITS_OWN;
}

/**
 * The client says `retry` of all that does no harm twice, also of a card request that may have opened a card. That
 * card must not be forgotten: it may be a lie by the time of the next step. A recording that is "not finished yet" is
 * simply early: a finish that was answered is never asked again, the portal's statistics follow it.
 */
function retryLater(error: PortalError): Consequence {
  if (error.kind === 'rate-limited') return { answer: NOT_DONE, then: { kind: 'slow-down', error } };
  const mayHaveRun = error.method !== OAUTH && MAY_HAVE_RUN.has(error.kind);
  return { answer: mayHaveRun ? { kind: 'unknown' } : NOT_DONE, then: { kind: 'retry', error } };
}

function refusal(error: PortalError, step: PortalStep): StepAnswer {
  // A card that the portal refuses for good (a dismissed user) must not keep the call from being filed.
  if (step.kind === 'show' || step.kind === 'hide') return { kind: 'done' };
  if (error.kind === 'user-not-found' || error.kind === 'call-not-found') return refused(error.kind, error);
  return refused('other', error);
}

function refused(cause: Extract<StepAnswer, { kind: 'refused' }>['cause'], error: PortalError): StepAnswer {
  return { kind: 'refused', cause, reason: error.message };
}
