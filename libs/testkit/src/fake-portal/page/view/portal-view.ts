import type { Violation } from '../../audit/violation';
import { isAboutTheEnd } from '../../audit/violation';
import type { Delivery } from '../../events/event-post';
import type { PortalState } from '../../portal-state';
import { redacted } from '../../rest/redact';
import type { RequestLogEntry } from '../../rest/request-log';
import { filedCall } from './filed-call';
import type { FiledCall } from './filed-call';
import { usedLimits } from './limits';
import type { LimitsView } from './limits';
import { screens } from './screens';
import type { ScreenView } from './screens';
import { newestFirst, timelines } from './timeline';
import type { ClientView } from './timeline';

/** So many requests, events and calls are shown, the newest ones. */
const SHOWN = 50;
/** So many characters of its parameters. */
const PARAMS_SHOWN = 1_000;

/** A request in the log. */
export interface LogLine {
  /** Its number in the log, from 1 on. */
  readonly number: number;
  /** Epoch ms. */
  readonly at: number;
  readonly method: string;
  /** Without tokens; the beginning, if they are long. */
  readonly params: string;
  /** Its key, if it was a command of a batch. */
  readonly inBatch: string | undefined;
  readonly fault: string | undefined;
  readonly ok: boolean;
  /** HTTP status; none for a command of a batch, and none if there was no answer. */
  readonly status: number | undefined;
  /** `503 QUERY_LIMIT_EXCEEDED Too many requests`, or the status alone. */
  readonly outcome: string;
  /** ms */
  readonly took: number | undefined;
  readonly delivered: boolean;
}

export type EventLine = Pick<Delivery, 'at' | 'event' | 'handler' | 'outcome' | 'status'>;

/** What the page shows. No token is in it. */
export interface PortalView {
  /** Epoch ms, of the portal's clock. */
  readonly now: number;
  readonly origin: string;
  readonly memberId: string;
  /** Addresses of the portals behind the same OAuth server, this one among them. */
  readonly portals: readonly string[];
  readonly requests: number;
  /** Mistakes of the client that are certain by now. */
  readonly violations: number;
  readonly complaints: readonly Violation[];
  /** Registered and not finished. */
  readonly inProgress: number;
  readonly users: readonly ScreenView[];
  readonly filed: readonly FiledCall[];
  readonly clients: readonly ClientView[];
  readonly log: readonly LogLine[];
  readonly events: readonly EventLine[];
  readonly limits: LimitsView;
}

/** Everything that is to be seen of a portal at this moment, the newest first. */
export function portalView(
  state: PortalState,
  audit: readonly Violation[],
  requests: readonly RequestLogEntry[],
): PortalView {
  const complaints = audit.filter((violation) => !isAboutTheEnd(violation));
  return {
    now: state.clock.now(),
    origin: state.identity.origin,
    memberId: state.identity.memberId,
    portals: state.oauth.portals.map(({ origin }) => origin),
    requests: requests.length,
    violations: complaints.length,
    complaints,
    inProgress: state.calls.all.filter(({ finishedAt }) => finishedAt === undefined).length,
    users: screens(state),
    filed: newestFirst(state).map((row) => filedCall(state, row)),
    clients: timelines(state),
    log: logLines(requests),
    events: state.post.deliveries
      .slice(-SHOWN)
      .reverse()
      .map(({ at, event, handler, outcome, status }) => ({ at, event, handler, outcome, status })),
    limits: usedLimits(state),
  };
}

function logLines(requests: readonly RequestLogEntry[]): readonly LogLine[] {
  const first = Math.max(0, requests.length - SHOWN);
  return requests
    .slice(first)
    .map((entry, index) => logLine(entry, first + index + 1))
    .reverse();
}

function logLine(entry: RequestLogEntry, number: number): LogLine {
  const { at, method, params, inBatch, fault, ok, error, status, tookMs, delivered } = entry;
  const outcome = error
    ? `${error.status} ${error.code} ${error.description}`
    : String(status ?? (ok ? 'ok' : 'no answer'));
  return {
    number,
    at,
    method,
    params: JSON.stringify(redacted(params)).slice(0, PARAMS_SHOWN),
    inBatch,
    fault,
    ok,
    status,
    outcome,
    took: tookMs,
    delivered,
  };
}
