import { z } from 'zod';
import { usesApiOnly } from '../apps/fake-app';
import { departmentsOf } from '../company/company';
import { isoSeconds } from '../clock';
import { timelines } from '../page/view/timeline';
import { screens } from '../page/view/screens';
import { usedLimits } from '../page/view/limits';
import { redacted } from '../rest/redact';
import type { RequestLogEntry } from '../rest/request-log';
import type { FakeCall } from '../telephony/call-book';
import type { Controllable } from './controllable';

/** Something that can be seen of a portal: `GET /control/{name}`, with a query. */
export interface View<Query extends z.ZodType = z.ZodType, Result = unknown> {
  /** One sentence for the list of views. */
  readonly about: string;
  readonly query: Query;
  see(portal: Controllable, query: z.output<Query>): Result;
}

const view = <Query extends z.ZodType, Result>(
  about: string,
  query: Query,
  see: (portal: Controllable, query: z.output<Query>) => Result,
): View<Query, Result> => ({ about, query, see });

const nothing = z.strictObject({});
const count = z.coerce.number().int().nonnegative();
/** Numbers count from 1; `after` leaves out what was seen already. */
const ofRequests = z.strictObject({
  method: z.string().optional(),
  after: count.optional(),
  limit: count.optional(),
});

/** Everything that can be seen, by its name. */
export const views = {
  screens: view('Who sees which cards, and who saw which when.', nothing, ({ state }) => screens(state)),
  calls: view(
    'Every call that was registered, finished or not, with its cards, its statistics row and its recording.',
    nothing,
    ({ state }) => state.calls.all.map((call) => seenCall(state, call)),
  ),
  timeline: view('The clients that have calls, with their calls.', nothing, ({ state }) => timelines(state)),
  requests: view(
    'Every REST request, and every command of a batch, without tokens. Query: method, after (number), limit (the newest so many).',
    ofRequests,
    ({ requests }, query) => chosen(requests, query),
  ),
  'oauth-requests': view(
    'Every request to the OAuth server. The same query.',
    ofRequests,
    ({ state }, query) => chosen(state.oauth.requests, query),
  ),
  events: view('What was sent to applications, and what came of it.', nothing, ({ state }) =>
    state.post.deliveries.map((delivery) => ({ ...delivery, status: delivery.status ?? null })),
  ),
  audit: view('What the client did wrong. To be asked when all calls are over.', nothing, (portal) =>
    portal.audit(),
  ),
  messages: view('Notices, messages, and messages about calls.', nothing, ({ state }) => ({
    notices: state.notices,
    messages: state.messages,
    chat: state.chat,
  })),
  apps: view('The installed applications with their secrets.', nothing, ({ state }) =>
    state.installed.all.map(({ app, appId, applicationToken, isFinished, bindings, placements }) => ({
      appId,
      kind: app.kind,
      name: app.name,
      clientId: app.clientId,
      clientSecret: app.clientSecret,
      applicationToken,
      memberId: state.identity.memberId,
      usesApiOnly: usesApiOnly(app),
      isFinished,
      bindings,
      placements,
    })),
  ),
  company: view('Employees, departments, clients and lines.', nothing, ({ state: { company } }) => ({
    users: company.users,
    departments: departmentsOf(company),
    clients: company.crm,
    lines: company.lines,
    crmMode: company.crmMode,
  })),
  limits: view('How full the buckets are, and what is used up of the operating time.', nothing, ({ state }) =>
    usedLimits(state),
  ),
  portal: view('Its name, address, clock and conditions.', nothing, ({ state }) => ({
    memberId: state.identity.memberId,
    origin: state.identity.origin,
    formerOrigins: [...state.identity.formerOrigins],
    oauthOrigin: state.oauth.origin,
    now: isoSeconds(state.clock.now()),
    conditions: state.conditions,
  })),
} as const;

export type ControlViews = typeof views;
export type ViewName = keyof ControlViews;

function seenCall(state: Controllable['state'], call: FakeCall) {
  const recording = state.recordings.get(call.id);
  return {
    ...call,
    finishedAt: call.finishedAt ?? null,
    viewers: state.screens.viewers(call.id),
    row: state.statistics.get(call.id) ?? null,
    recording: recording
      ? { fileId: recording.fileId, fileName: recording.fileName, bytes: recording.bytes.length }
      : null,
    transcript: state.transcripts.get(call.id)?.lines ?? null,
  };
}

/** A request as it is shown outside. */
export interface SeenRequest {
  /** From 1 on. */
  readonly number: number;
  /** Epoch ms. */
  readonly at: number;
  readonly method: string;
  readonly params: unknown;
  readonly inBatch: string | null;
  readonly source: string | null;
  readonly fault: string | null;
  readonly ok: boolean;
  readonly status: number | null;
  readonly error: RequestLogEntry['error'] | null;
  readonly result: unknown;
  readonly delivered: boolean;
  readonly tookMs: number | null;
}

function chosen(
  entries: readonly RequestLogEntry[],
  { method, after = 0, limit }: z.output<typeof ofRequests>,
): readonly SeenRequest[] {
  const found = entries
    .map((entry, index) => seenRequest(entry, index + 1))
    .filter(({ number }) => number > after)
    .filter((entry) => method === undefined || entry.method.toLowerCase() === method.toLowerCase());
  return limit === undefined ? found : found.slice(Math.max(0, found.length - limit));
}

/** With its number in the log, and without tokens. */
export function seenRequest(entry: RequestLogEntry, number: number): SeenRequest {
  return {
    number,
    at: entry.at,
    method: entry.method,
    params: redacted(entry.params),
    inBatch: entry.inBatch ?? null,
    source: entry.source ?? null,
    fault: entry.fault ?? null,
    ok: entry.ok,
    status: entry.status ?? null,
    error: entry.error ?? null,
    result: redacted(entry.result) ?? null,
    delivered: entry.delivered,
    tookMs: entry.tookMs ?? null,
  };
}
