import { portalCallTypes } from '@app/bitrix24/contract';
import type { FakeCall } from '../telephony/call-book';
import { fullName } from '../company/company';
import type { RequestLogEntry } from '../rest/request-log';
import type { PortalState } from '../portal-state';
import type { StatisticRow } from '../telephony/statistic-row';

/** So many requests and events are shown, the newest ones. */
const SHOWN = 50;

/** What the page shows, as JSON: cards, filed calls, the timeline of each client, requests and events. No token. */
export function portalView(
  state: PortalState,
  violations: number,
  requests: readonly RequestLogEntry[],
): object {
  return {
    now: state.clock.now(),
    requests: requests.length,
    violations,
    users: state.company.users.map((user) => ({
      id: user.id,
      name: fullName(user),
      extension: user.extension,
      active: user.active,
      cards: state.screens.openOn(user.id).map((card) => ({
        callId: card.callId,
        shownAt: card.shownAt,
        ...cardText(state, state.calls.known(card.callId)),
      })),
    })),
    filed: [...state.statistics.values()].reverse().map((row) => filedCall(state, row)),
    clients: timelines(state),
    log: requests.slice(-SHOWN).reverse().map(logLine),
    events: state.post.deliveries
      .slice(-SHOWN)
      .reverse()
      .map(({ at, event, handler, outcome, status }) => ({ at, event, handler, outcome, status })),
  };
}

function cardText(state: PortalState, call: FakeCall | undefined): object {
  return {
    phone: call?.phone ?? '',
    direction: call?.type === portalCallTypes.outgoing ? 'outgoing' : 'incoming',
    client: clientName(state, call?.crm?.type, call?.crm?.id),
  };
}

function filedCall(state: PortalState, row: StatisticRow): object {
  const user = state.company.users.find(({ id }) => String(id) === row.PORTAL_USER_ID);
  return {
    callId: row.CALL_ID,
    externalCallId: row.EXTERNAL_CALL_ID,
    startedAt: row.CALL_START_DATE,
    phone: row.PHONE_NUMBER,
    direction: row.CALL_TYPE === String(portalCallTypes.outgoing) ? 'outgoing' : 'incoming',
    user: user ? fullName(user) : row.PORTAL_USER_ID,
    seconds: Number(row.CALL_DURATION),
    statusCode: row.CALL_FAILED_CODE,
    reason: row.CALL_FAILED_REASON,
    client: clientName(state, row.CRM_ENTITY_TYPE, Number(row.CRM_ENTITY_ID)),
    recording: state.recordings.get(row.CALL_ID ?? '')?.fileName ?? null,
  };
}

/** The clients that have calls in their cards, newest call first. */
function timelines(state: PortalState): readonly object[] {
  const byClient = new Map<string, StatisticRow[]>();
  for (const row of [...state.statistics.values()].reverse()) {
    const key = `${row.CRM_ENTITY_TYPE ?? ''} ${row.CRM_ENTITY_ID ?? ''}`;
    byClient.set(key, [...(byClient.get(key) ?? []), row]);
  }
  return state.company.crm.flatMap(({ type, id, name, phones, assignedById }) => {
    const calls = byClient.get(`${type} ${id}`) ?? [];
    if (calls.length === 0) return [];
    const filed = calls.map((row) => filedCall(state, row));
    return [{ type, id, name, phones, responsible: assignedById, calls: filed }];
  });
}

function logLine({ at, method, inBatch, fault, ok, error, status }: RequestLogEntry): object {
  const outcome = error ? `${error.status} ${error.code} ${error.description}` : (status ?? (ok ? 'ok' : ''));
  return { at, method, inBatch, fault, outcome };
}

function clientName(state: PortalState, type: string | null | undefined, id: number | undefined): string {
  const entity = state.company.crm.find((candidate) => candidate.type === type && candidate.id === id);
  return entity ? `${entity.name} (${entity.type} ${entity.id})` : '';
}
