import type { PortalClient, PortalError } from '@app/bitrix24';
import type { StepClass } from './turns';

/** The access tokens of portals. */
export interface PortalTokens {
  /**
   * A fresh access token in place of one that the portal refused as expired: once for all processes, whoever asks at the
   * same time. Throws PortalError when the portal gives none, with the verdict of its refusal.
   */
  renew(portalId: string, stale: string): Promise<string>;
}

/** Where to tell what concerns a portal as a whole. */
export interface PortalTroubles {
  /** Nothing works in this portal until a person has acted. */
  report(portalId: string, error: PortalError): Promise<void>;
  /** The portal was renamed, and this REST root has answered. */
  moved(portalId: string, endpoint: string): Promise<void>;
}

/** Bounds the requests to one portal that are in flight in this process, so that one that hangs blocks only itself. */
export interface PortalGate {
  /** A function that gives the place back, or undefined if every place for this class is taken. */
  enter(portalId: string, stepClass: StepClass): (() => void) | undefined;
}

/** A gate that has places for those who wait. */
export interface WaitingGate extends PortalGate {
  /** A place for whoever comes next, and for which classes it is good: `least`, and all that are more urgent. */
  enterAny(portalId: string): { readonly leave: () => void; readonly least: StepClass } | undefined;
}

/** The requests of a PortalClient that synchronising needs. */
export type PortalRequests = Pick<PortalClient, 'call' | 'batch' | 'uploadRecord'>;

/** How long the portal may take over each kind of request, ms. */
export interface StepTimeouts {
  /** Cards: late is as good as never. */
  readonly cardMs: number;
  /** Everything else but files. */
  readonly requestMs: number;
  /** Requests that carry a recording. */
  readonly uploadMs: number;
}
