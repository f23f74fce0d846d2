import type { Call, Click, Leg, Recording } from '@app/calls';
import { SWITCH_ID } from './test-store';

/** 2026-11-20 10:00 UTC. */
export const TEN_O_CLOCK = Date.UTC(2026, 10, 20, 10);

/** A moment some seconds after ten o'clock. */
export function at(seconds: number) {
  return { at: TEN_O_CLOCK + seconds * 1000, seq: seconds };
}

/** The leg of a client who called +7 495 000-00-01. */
export function clientLeg(channelUuid: string, changes: Partial<Leg> = {}): Leg {
  return {
    channelUuid,
    coreUuid: 'core-1',
    origin: {
      direction: 'inbound',
      party: { kind: 'outside' },
      callerNumber: '+79161234567',
      callerName: 'Anna',
      dialled: '+74950000001',
    },
    created: at(0),
    ...changes,
  };
}

/** The leg of a phone of the company that rings. */
export function employeeLeg(channelUuid: string, extension = '1001', domain = 'acme.example'): Leg {
  return {
    channelUuid,
    coreUuid: 'core-1',
    origin: { direction: 'outbound', party: { kind: 'employee', extension, domain } },
    created: at(1),
    rang: at(1),
  };
}

/** A call that goes on: a client called, and 1001 rings. */
export function ringingCall(callId: string, changes: Partial<Call> = {}): Call {
  return {
    callId,
    switchId: SWITCH_ID,
    coreUuid: 'core-1',
    started: at(0),
    legs: [clientLeg(`${callId}-a`), employeeLeg(`${callId}-b`)],
    bridges: [],
    unbridges: [],
    rooms: [],
    transfers: [],
    recordings: [],
    absorbed: [],
    version: 1,
    ...changes,
  };
}

/** A click of user 1, whose phone is 1001. */
export function someClick(changes: Partial<Click> = {}): Click {
  return {
    kind: 'click',
    portalId: '00000000-0000-4000-8000-000000000001',
    userId: 1,
    phone: { kind: 'extension', extension: '1001' },
    number: '+79161234567',
    agentUuid: '00000000-0000-4000-8000-0000000000aa',
    ...changes,
  };
}

/** The call after a talk of a minute, recorded. */
export function endedCall(callId: string, version = 5): Call {
  const ringing = ringingCall(callId);
  const end = { moment: at(70), hangupCause: 'NORMAL_CLEARING', transferredAway: false, lost: false };
  return {
    ...ringing,
    legs: ringing.legs.map((leg) => ({ ...leg, answered: at(10), ended: end })),
    bridges: [{ a: `${callId}-a`, b: `${callId}-b`, moment: at(10) }],
    recordings: [recordingOf(callId)],
    version,
  };
}

export function recordingOf(callId: string): Recording {
  return {
    path: `/recordings/${callId}.wav`,
    channelUuid: `${callId}-a`,
    started: at(10),
    stopped: at(70),
    lengthMs: 60_000,
    discarded: false,
  };
}

/** The call as part of another. */
export function mergedCall(callId: string, into: string, version = 3): Call {
  return ringingCall(callId, { mergedInto: { callId: into, moment: at(20) }, version });
}
