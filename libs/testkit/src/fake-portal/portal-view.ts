import { portalCallTypes } from '@app/bitrix24/contract';
import type { FakeCall } from './call-book';
import { fullName } from './company';
import type { PortalState } from './portal-state';
import type { StatisticRow } from './statistic-row';

/** What the page shows, as JSON: who sees which card, and which calls are filed. Holds no token. */
export function portalView(state: PortalState, violations: number, requests: number): object {
  return {
    now: state.clock.now(),
    requests,
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

function clientName(state: PortalState, type: string | null | undefined, id: number | undefined): string {
  const entity = state.company.crm.find((candidate) => candidate.type === type && candidate.id === id);
  return entity ? `${entity.name} (${entity.type} ${entity.id})` : '';
}
