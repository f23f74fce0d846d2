import type { CallerProfile, Cause, Channel, Signal, StateHandler } from '../core';

/** What is to be dialled, and for whom. */
export interface OriginateRequest {
  /** Who dials; undefined = the switch itself (api command). */
  readonly caller?: Channel | undefined;
  readonly dialString: string;
  readonly timeoutSeconds?: number | undefined;
  /** In place of the caller's own profile. */
  readonly profile?: CallerProfile;
  /** Variables for all legs, beside those of the dial string; added to. */
  readonly variables?: Map<string, string>;
  /** Only makes the first leg, and starts nothing: somebody else waits for it. */
  readonly onlyMakes?: boolean;
  /** Takes over states of every leg. */
  readonly handler?: StateHandler<Channel>;
  /** Why it has been called off meanwhile. */
  readonly calledOff?: () => Cause | undefined;
  /** Is given when that changes; without it is looked at once a second. */
  readonly news?: Signal | undefined;
}

/** Somebody has answered (or can be heard), or why nobody has. */
export type Originated = { readonly channel: Channel } | { readonly cause: Cause };

/** `originate` as those see it who dial further themselves. */
export type Originate = (request: OriginateRequest) => Promise<Originated>;

/** How the legs of one attempt are watched, as the variables of the dial string say. */
export interface OriginateOptions {
  /** Early media of a leg wins as an answer does. */
  earlyOk: boolean;
  readonly ignoresEarlyMedia: 'no' | 'yes' | 'ring-ready';
  readonly ignoresRinging: boolean;
  readonly ringsAtOnce: boolean;
  readonly returnsAtRinging: boolean;
  readonly timeoutSeconds: number;
  readonly progressSeconds: number;
  readonly confirmKey: string | undefined;
  readonly confirmFile: string | undefined;
  readonly confirmErrorFile: string | undefined;
  readonly confirmMs: number;
  readonly confirmSeconds: number | undefined;
  readonly goesOnAfterTimeout: boolean;
  /** Causes with which one leg ends all of them; 'any'. */
  readonly fatal: string | undefined;
}
