import type { CallerProfile, Cause, Channel, Signal } from '../core';

/** A leg that shall be made. */
export interface NewLeg {
  /** Who dials; undefined = nobody, the switch itself. */
  readonly caller: Channel | undefined;
  /** Who calls whom; `destinationNumber` is what stands behind the endpoint's name. */
  readonly profile: CallerProfile;
  /** Variables of the dial string. An endpoint that dials further hands them on, and may add to them. */
  readonly variables: Map<string, string>;
  /** One of several: it must not be waited for. */
  readonly isForked: boolean;
  /** Whether the dialling has been called off meanwhile. */
  readonly calledOff: () => Cause | undefined;
  /** Is given when that changes. */
  readonly news?: Signal | undefined;
}

/** A new channel that does not run yet, or why there is none. */
export type Opened = { readonly channel: Channel } | { readonly cause: Cause };

/** A kind of thing that can be dialled: `sofia`, `user`, `loopback`, `error`. */
export type EndpointKind = (leg: NewLeg) => Promise<Opened>;
