import type { CrmEntity } from '../clicks/click';
import type { PortalStatusCode } from './outcome-table';

/**
 * For this long the portal answers a repeated registration with the same call
 * (telephony.externalCall.register, de-duplication). One that is older and unfinished left no trace.
 */
export const REGISTRATION_MEMORY_MS = 30 * 60 * 1000;

/** One step towards the desired state, with its exact parameters: it can be repeated word for word. */
export type PortalStep =
  | RegisterStep
  | ShowStep
  | HideStep
  | FinishStep
  | ConfirmFinishStep
  | AttachRecordStep
  | NotifyStep
  | FindOwnerStep;

export interface RegisterStep {
  readonly kind: 'register';
  readonly externalCallId: string;
  readonly userId: number;
  readonly phoneNumber: string;
  readonly type: 1 | 2 | 3 | 4;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly show: boolean;
  readonly lineNumber?: string;
  readonly crmCreate: boolean;
  readonly crmSource: string;
  readonly addToChat: boolean;
  readonly callListId?: number;
  readonly crmEntity?: CrmEntity;
}

export interface ShowStep {
  readonly kind: 'show';
  readonly portalCallId: string;
  readonly userIds: readonly number[];
}

export interface HideStep {
  readonly kind: 'hide';
  readonly portalCallId: string;
  readonly userIds: readonly number[];
}

export interface FinishStep {
  readonly kind: 'finish';
  readonly portalCallId: string;
  readonly userId: number;
  readonly durationSeconds: number;
  readonly statusCode: PortalStatusCode;
  readonly failedReason?: string;
  readonly addToChat: boolean;
}

/** Asks the statistics whether a finish whose answer was lost took place. */
export interface ConfirmFinishStep {
  readonly kind: 'confirm-finish';
  readonly portalCallId: string;
}

export interface AttachRecordStep {
  readonly kind: 'attach-record';
  readonly portalCallId: string;
  /** Path on the switch. */
  readonly path: string;
  /** The file was never closed (the switch died): its header needs repair. */
  readonly torn: boolean;
}

/** Tells a user something in the messenger. The tag makes a repetition replace what was told. */
export interface NotifyStep {
  readonly kind: 'notify';
  readonly userId: number;
  readonly message: string;
  readonly tag: string;
}

/** Asks the CRM who is responsible for the client with a number. */
export interface FindOwnerStep {
  readonly kind: 'find-owner';
  /** E.164. */
  readonly phoneNumber: string;
}

/** What came of a step. */
export type StepAnswer =
  /**
   * `notice`: what the portal failed to do on the side (LEAD_CREATION_ERROR); the call is registered all the same.
   * `client`: whom the CRM knew already; missing: nobody, or he was created for this call.
   */
  | {
      readonly kind: 'registered';
      readonly portalCallId: string;
      readonly notice?: string;
      readonly client?: CrmEntity;
    }
  | { readonly kind: 'done' }
  /** show and hide: the portal does not know the call (any more). */
  | { readonly kind: 'call-unknown' }
  /** confirm-finish: whether the statistics hold the call. */
  | { readonly kind: 'finish-confirmed'; readonly found: boolean }
  /** find-owner: `USER_ID`; null: the CRM knows nobody who is. */
  | { readonly kind: 'owner-found'; readonly userId: number | null }
  /** Refused for good; `cause` is what the next step depends on, `reason` the portal's own words. */
  | {
      readonly kind: 'refused';
      readonly cause: 'user-not-found' | 'call-not-found' | 'not-finished-yet' | 'other';
      readonly reason: string;
    }
  /** attach-record: there is nothing to send. */
  | { readonly kind: 'no-recording'; readonly reason: 'missing' | 'empty' | 'unreadable' | 'refused' }
  /** It may or may not have happened. */
  | { readonly kind: 'unknown' }
  /** It certainly did not happen, and may be asked again. */
  | { readonly kind: 'not-done' };
