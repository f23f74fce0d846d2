import type { Core } from 'sip.js';

/** Types that SIP.js has only in a namespace. */
export type IncomingResponse = Core.IncomingResponse;
export type IncomingRegisterRequest = Core.IncomingRegisterRequest;
