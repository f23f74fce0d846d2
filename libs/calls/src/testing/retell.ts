import type { Call } from '../call';
import { callFacts, type CallFacts } from '../call-facts';
import type { Observation } from '../observation';
import { Switchboard } from '../switchboard';
import type { Story } from './story';

/** The call that begins with channel `client` is called `call-of-client`. */
export const callIdFor = (channelUuid: string): string => `call-of-${channelUuid}`;

export function newSwitchboard(): Switchboard {
  return new Switchboard({ callIdFor });
}

/** All calls that a switchboard makes of what was told, those that became part of others included. */
export function callsOf(told: Story | readonly Observation[], board = newSwitchboard()): Call[] {
  const calls = new Map<string, Call>();
  for (const seen of 'observations' in told ? told.observations : told) {
    for (const { call } of board.take(seen).changes) calls.set(call.callId, call);
  }
  return [...calls.values()];
}

/** The only call of a story. */
export function callOf(told: Story | readonly Observation[]): Call {
  const calls = callsOf(told).filter((call) => !call.mergedInto);
  const [only] = calls;
  if (!only || calls.length > 1) throw new Error(`a story of ${calls.length} calls, where one was expected`);
  return only;
}

/** The facts of the only call of a story, at the moment of its last observation. */
export function factsOf(told: Story): CallFacts {
  return callFacts(callOf(told), told.observations.at(-1)?.moment.at ?? 0);
}
