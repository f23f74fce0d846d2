import type { CallEnd } from './call-end';
import type { CallFact } from './phone-event';

/** How far a call of a phone is. */
export interface CallState {
  /** `trying`: nothing was said yet; `ringing`: a provisional response above 100 has passed. */
  readonly status: 'trying' | 'ringing' | 'talking' | 'ended';
  /** There was sound before the answer. */
  readonly hasEarlyMedia: boolean;
  readonly wasAnswered: boolean;
  /** Both sides know of the answer. */
  readonly isConfirmed: boolean;
  readonly isHeldByUs: boolean;
  readonly isHeldByThem: boolean;
  /** DTMF digits received, in any way. */
  readonly digits: string;
  /** Last response of a transfer that we have asked for. */
  readonly transferStatus?: number;
  readonly end?: CallEnd;
}

export const NEW_CALL: CallState = {
  status: 'trying',
  hasEarlyMedia: false,
  wasAnswered: false,
  isConfirmed: false,
  isHeldByUs: false,
  isHeldByThem: false,
  digits: '',
};

/** The call after something has happened in it. */
export function after(state: CallState, fact: CallFact): CallState {
  switch (fact.kind) {
    case 'progress':
      return progressed(state, fact.statusCode, fact.hasMedia);
    case 'answered':
      return { ...state, status: 'talking', wasAnswered: true, isConfirmed: fact.by === 'them' };
    case 'confirmed':
      return { ...state, isConfirmed: true };
    case 'held':
    case 'resumed':
      return { ...state, [fact.by === 'us' ? 'isHeldByUs' : 'isHeldByThem']: fact.kind === 'held' };
    case 'dtmf':
      return { ...state, digits: state.digits + fact.digit };
    case 'transfer-sent':
      return { ...state, transferStatus: undefined };
    case 'transfer-progress':
      return { ...state, transferStatus: fact.statusCode };
    case 'ended':
      return { ...state, status: 'ended', end: fact.end };
    case 'calling':
    case 'called':
    case 'tone':
    case 'tone-over':
    case 'no-audio':
    case 'silence':
    case 'sound':
    case 'transfer-asked':
      return state;
  }
}

function progressed(state: CallState, statusCode: number, hasMedia: boolean): CallState {
  const isOpen = state.status === 'trying' || state.status === 'ringing';
  if (!isOpen || statusCode === 100) return state;
  return { ...state, status: 'ringing', hasEarlyMedia: state.hasEarlyMedia || hasMedia };
}
