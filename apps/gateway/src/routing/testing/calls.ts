import type { Call, Leg } from '@app/calls';

const at = (seconds: number) => ({ at: seconds * 1_000, seq: seconds });

/** A phone of the company in a call, talking unless said otherwise. */
export function legOf(extension: string, difference: Partial<Leg> = {}): Leg {
  return {
    channelUuid: `${extension}-leg`,
    coreUuid: 'core',
    origin: { direction: 'outbound', party: { kind: 'employee', extension, domain: 'pbx.internal' } },
    created: at(1),
    answered: at(2),
    ...difference,
  };
}

/** A leg that is over. */
export function ended(leg: Leg, hangupCause = 'NORMAL_CLEARING'): Leg {
  return { ...leg, ended: { moment: at(9), hangupCause, transferredAway: false, lost: false } };
}

/** A call of these legs. */
export function callOf(callId: string, legs: readonly Leg[], difference: Partial<Call> = {}): Call {
  return {
    callId,
    switchId: 'main',
    coreUuid: 'core',
    started: at(1),
    legs,
    bridges: [],
    unbridges: [],
    rooms: [],
    transfers: [],
    recordings: [],
    absorbed: [],
    version: 1,
    ...difference,
  };
}
