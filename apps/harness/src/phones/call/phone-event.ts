import { describeEnd, type CallEnd } from './call-end';

/** What happens to a phone or trunk itself. */
export type LineFact =
  | { readonly kind: 'connected'; readonly local: string }
  | { readonly kind: 'connection-lost'; readonly reason: string }
  | { readonly kind: 'registered'; readonly expiresSeconds: number }
  | { readonly kind: 'unregistered' }
  | { readonly kind: 'registration-failed'; readonly statusCode?: number; readonly reason: string }
  /** A switch has registered with a trunk. */
  | { readonly kind: 'gateway-registered'; readonly contact: string }
  | { readonly kind: 'gateway-unregistered' }
  /** Something odd from outside that was survived. */
  | { readonly kind: 'anomaly'; readonly detail: string };

/** What happens in one call of a phone. */
export type CallFact =
  | { readonly kind: 'calling'; readonly to: string }
  | { readonly kind: 'called'; readonly from: string; readonly name: string; readonly to: string }
  /** A provisional response, received or sent; with media it is early media. */
  | {
      readonly kind: 'progress';
      readonly by: 'us' | 'them';
      readonly statusCode: number;
      readonly reason: string;
      readonly hasMedia: boolean;
    }
  | { readonly kind: 'answered'; readonly by: 'us' | 'them' }
  /** The caller knows of our answer (ACK). */
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'held'; readonly by: 'us' | 'them' }
  | { readonly kind: 'resumed'; readonly by: 'us' | 'them' }
  | { readonly kind: 'dtmf'; readonly digit: string; readonly via: 'rtp' | 'info' }
  | { readonly kind: 'tone'; readonly hz: number }
  | { readonly kind: 'tone-over'; readonly hz: number; readonly lastedMs: number }
  | { readonly kind: 'no-audio' }
  | { readonly kind: 'silence' }
  | { readonly kind: 'sound' }
  /** We have asked the far end to call somebody else (REFER). */
  | { readonly kind: 'transfer-sent'; readonly to: string }
  /** How far the far end has come with it (NOTIFY). */
  | { readonly kind: 'transfer-progress'; readonly statusCode: number; readonly reason: string }
  /** The far end asks us to call somebody else. */
  | { readonly kind: 'transfer-asked'; readonly to: string; readonly by: string }
  | { readonly kind: 'ended'; readonly end: CallEnd };

/** Something that happened at a phone or trunk: to itself, or in the call named by `call`. */
export type PhoneEvent = { readonly at: number; readonly phone: string } & (
  (LineFact & { readonly call?: undefined }) | (CallFact & { readonly call: string })
);

/** One sentence about it, for messages and live views. */
export function describeEvent(event: PhoneEvent): string {
  return `${event.call ?? event.phone} ${event.call === undefined ? describeLine(event) : describeCall(event)}`;
}

function describeLine(fact: LineFact): string {
  switch (fact.kind) {
    case 'connected':
      return `is connected from ${fact.local}`;
    case 'connection-lost':
      return `lost its connection: ${fact.reason}`;
    case 'registered':
      return `is registered for ${fact.expiresSeconds} s`;
    case 'unregistered':
      return 'is not registered any more';
    case 'registration-failed':
      return `could not register: ${fact.statusCode === undefined ? '' : `${fact.statusCode} `}${fact.reason}`;
    case 'gateway-registered':
      return `has a switch registered at ${fact.contact}`;
    case 'gateway-unregistered':
      return 'has no switch registered any more';
    case 'anomaly':
      return `met something odd: ${fact.detail}`;
  }
}

function describeCall(fact: CallFact): string {
  switch (fact.kind) {
    case 'calling':
      return `calls ${fact.to}`;
    case 'called':
      return `is called by ${fact.from}${fact.name === '' ? '' : ` "${fact.name}"`} for ${fact.to}`;
    case 'progress':
      return `${fact.by === 'us' ? 'sent' : 'got'} ${fact.statusCode} ${fact.reason}${fact.hasMedia ? ' with sound' : ''}`;
    case 'answered':
      return `was answered by ${fact.by}`;
    case 'confirmed':
      return 'was confirmed by the caller';
    case 'held':
      return `was put on hold by ${fact.by}`;
    case 'resumed':
      return `was taken off hold by ${fact.by}`;
    case 'dtmf':
      return `got the digit ${fact.digit} by ${fact.via}`;
    case 'transfer-sent':
      return `asked for a transfer to ${fact.to}`;
    case 'transfer-progress':
      return `was told of the transfer: ${fact.statusCode} ${fact.reason}`;
    case 'transfer-asked':
      return `was asked by ${fact.by} to call ${fact.to}`;
    case 'ended':
      return `ended: ${describeEnd(fact.end)}`;
    case 'tone':
    case 'tone-over':
    case 'no-audio':
    case 'silence':
    case 'sound':
      return describeSound(fact);
  }
}

function describeSound(
  fact: Extract<CallFact, { kind: 'tone' | 'tone-over' | 'no-audio' | 'silence' | 'sound' }>,
): string {
  switch (fact.kind) {
    case 'tone':
      return `hears ${fact.hz} Hz`;
    case 'tone-over':
      return `hears ${fact.hz} Hz no more, after ${Math.round(fact.lastedMs)} ms`;
    case 'no-audio':
      return 'gets no sound at all any more';
    case 'silence':
      return 'hears silence';
    case 'sound':
      return 'hears something';
  }
}
