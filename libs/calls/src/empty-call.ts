import type { Call } from './call';

/** A call of which nothing is known but that it has begun, and where. */
export function emptyCall(begun: Pick<Call, 'callId' | 'switchId' | 'coreUuid' | 'started'>): Call {
  return {
    ...begun,
    legs: [],
    bridges: [],
    unbridges: [],
    rooms: [],
    transfers: [],
    recordings: [],
    absorbed: [],
    version: 0,
  };
}
