import type { AutoAnswer } from './click-order';
import type { Click, ClickPhone, CrmEntity } from './click';

/** Somebody asks for a call, in the words of the portal's event, nothing of it checked yet. */
export interface ClickRequest {
  readonly kind: Click['kind'];
  readonly portalId: string;
  readonly portalCallId?: string;
  /** Who clicked, or is the first to be asked for a callback. */
  readonly userId: number;
  /** Who else may call a visitor back, the best first. */
  readonly standIns?: readonly number[];
  /** The number in its forms, the most trustworthy first. */
  readonly numbers: readonly string[];
  /** `LINE_NUMBER`; undefined: none was chosen. */
  readonly lineNumber?: string;
  /** Started in the portal's mobile app. */
  readonly isMobile: boolean;
  /** `EXTENSION`: what is behind the number. */
  readonly extension?: string;
  readonly text?: string;
  readonly callListId?: number;
  readonly crmEntity?: CrmEntity;
  /** When the user clicked, by our clock; epoch ms. */
  readonly askedAt: number;
}

/** What is known about it, read in one go. */
export interface ClickFacts {
  /** Phones of the user, by the portal's directory and by nothing that the request says; the best first. */
  readonly phones: readonly UserPhone[];
  /** Lines of the portal on all switches. */
  readonly lines: readonly { readonly switchId: string; readonly did: string; readonly lineNumber: string }[];
  /** Internal numbers of the portal that the clicked number may be. */
  readonly colleagues: readonly string[];
  /** Every switch, for a user who has a phone on none. */
  readonly switches: readonly string[];
  readonly clicksOfUser: number;
  readonly clicksOfPortal: number;
  /** Calls that the user is in, or that are on their way to his phone. */
  readonly callsOfUser: number;
  /** Those of the request, in its order; who has no phone is missing. */
  readonly standIns?: readonly PersonFacts[];
}

/** Somebody who may call a visitor back. */
export interface PersonFacts {
  readonly userId: number;
  readonly phones: readonly UserPhone[];
  /** As `callsOfUser`. */
  readonly calls: number;
}

export interface UserPhone {
  readonly switchId: string;
  readonly extension: string;
  readonly domain?: string;
}

/** What a portal allows. */
export interface ClickRules {
  readonly staleAfterMs: number;
  /** The same for callbacks: nobody sits before the screen, and the visitor waits. */
  readonly staleCallbackAfterMs: number;
  /** E.164 prefixes; a number must begin with one of them. */
  readonly allowedPrefixes: readonly string[];
  /** And with none of these. */
  readonly deniedPrefixes: readonly string[];
  readonly clicksPerUser: number;
  readonly clicksPerPortal: number;
  readonly callsPerUser: number;
  readonly ringSeconds: number;
  /** Which phone is called: that of the desk, the mobile, or the mobile for clicks in the portal's mobile app. */
  readonly phone: 'desk' | 'mobile' | 'as-clicked';
  /** Mobiles by user, E.164. */
  readonly mobileOf: (userId: number) => string | undefined;
  /** For the phone of a user that is called: what holds for his desk may not hold for his softphone. */
  readonly autoAnswerOf: (userId: number, phone: ClickPhone) => AutoAnswer | undefined;
  /** What can be spoken is left of a text; undefined: nothing is spoken. */
  readonly speech: ((text: string) => string) | undefined;
}

/** A number that can be dialled. */
export interface DialableNumber {
  readonly e164: string;
  readonly extension?: string;
}

/** What a decision needs of the world beside facts. */
export interface ClickMeans {
  readonly now: number;
  readonly newId: () => string;
  readonly readNumber: (text: string) => DialableNumber | undefined;
}

/** The phone as the call knows it. */
export function deskPhone({ extension, domain }: UserPhone): ClickPhone {
  return { kind: 'extension', extension, ...(domain !== undefined && domain !== '' && { domain }) };
}
