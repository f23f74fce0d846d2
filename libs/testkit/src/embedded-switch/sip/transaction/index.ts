export { ClientTransaction } from './client-transaction';
export type { ClientEvents } from './client-transaction';
export { ServerTransaction } from './server-transaction';
export type { AnswerParts } from './server-transaction';
export { RFC_TIMERS, after } from './timers';
export type { SipTimers } from './timers';
export { TransactionLayer } from './transaction-layer';
export type { TransactionUser } from './transaction-layer';
