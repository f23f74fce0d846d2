import { contract, portalCallTypes } from '@app/bitrix24/contract';
import type { ParamsOf, PortalStatusCode, WireResultOf } from '@app/bitrix24/contract';
import { isoSeconds } from '../clock';
import { emit } from '../events/emit';
import type { Caller } from '../rest/caller';
import type { FakeCall } from './call-book';
import { paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import type { PortalState } from '../portal-state';
import { Refusal } from '../rest/refusal';
import { checkUserIsSet, resolveUser } from './resolve-user';
import { NO_LINE, statisticRow } from './statistic-row';
import type { FinishedFacts } from './statistic-row';

const METHOD = 'telephony.externalCall.finish';
type Params = ParamsOf<typeof METHOD>;
const { refusals } = contract[METHOD];

/** telephony.externalCall.finish */
export const finish: MethodHandler<typeof METHOD> = (state, { params: raw, caller }) => {
  if (typeof raw.CALL_ID !== 'string') throw new Refusal(refusals.callIdNotText);
  checkUserIsSet(raw, refusals);
  const call = state.calls.open(raw.CALL_ID);
  if (!call) throw new Refusal(refusals.callNotFound);
  const user = resolveUser(state.company, raw, refusals);
  const params = paramsBy(METHOD, raw);
  const facts = factsOf(state, call, params, user.id);

  call.finishedAt = state.clock.now();
  state.screens.hide(state.screens.viewers(call.id), call.id, call.finishedAt, 'finish');
  for (const entity of call.created) entity.assignedById = user.id;
  state.statistics.set(call.id, statisticRow(call, caller, facts));
  if ((params.ADD_TO_CHAT ?? 1) === 1) state.chat.push({ userId: user.id, callId: call.id, about: 'finish' });
  emitCallEnd(state, call, facts, caller);
  return { result: answerFor(call, caller, facts) };
};

/** Without STATUS_CODE: 200 if there was a talk, else 304. */
export function effectiveStatus({ STATUS_CODE, DURATION = 0 }: Params): PortalStatusCode {
  return STATUS_CODE ?? (DURATION > 0 ? '200' : '304');
}

function factsOf(state: PortalState, call: FakeCall, params: Params, userId: number): FinishedFacts {
  const statusCode = effectiveStatus(params);
  const durationSeconds = params.DURATION ?? 0;
  return {
    rowId: state.ids.next('statistic'),
    userId,
    durationSeconds,
    statusCode,
    failedReason: params.FAILED_REASON ?? '',
    cost: params.COST ?? 0,
    costCurrency: params.COST_CURRENCY ?? '',
    vote: params.VOTE ?? 0,
    activityId: addActivity(state, call, { userId, durationSeconds, completed: statusCode === '200' }),
  };
}

/** A call that is bound to nobody has no place for an activity. */
function addActivity(
  state: PortalState,
  call: FakeCall,
  facts: { readonly userId: number; readonly durationSeconds: number; readonly completed: boolean },
): number | null {
  if (!call.crm) return null;
  const id = state.ids.next('activity', 7001);
  state.activities.set(call.id, {
    id,
    callId: call.id,
    ownerType: call.crm.type,
    ownerId: call.crm.id,
    responsibleId: facts.userId,
    direction: call.type === portalCallTypes.outgoing ? 'out' : 'in',
    durationSeconds: facts.durationSeconds,
    completed: facts.completed,
  });
  return id;
}

function emitCallEnd(state: PortalState, call: FakeCall, facts: FinishedFacts, caller: Caller): void {
  const data = {
    CALL_ID: call.id,
    CALL_TYPE: call.type,
    PHONE_NUMBER: call.phone,
    PORTAL_NUMBER: call.line ?? NO_LINE,
    PORTAL_USER_ID: facts.userId,
    CALL_DURATION: facts.durationSeconds,
    CALL_START_DATE: isoSeconds(call.startedAt),
    COST: facts.cost,
    COST_CURRENCY: facts.costCurrency,
    CALL_FAILED_CODE: facts.statusCode,
    CALL_FAILED_REASON: facts.failedReason,
    CRM_ACTIVITY_ID: facts.activityId,
  };
  emit(state, { event: 'ONVOXIMPLANTCALLEND', data, userId: caller.userId });
}

/** Artefacts as in the documented sample: the type and the app id as strings, the start as an empty object. */
function answerFor(call: FakeCall, caller: Caller, facts: FinishedFacts): WireResultOf<typeof METHOD> {
  return {
    CALL_ID: call.id,
    EXTERNAL_CALL_ID: call.externalId,
    PORTAL_USER_ID: facts.userId,
    PHONE_NUMBER: call.phone,
    PORTAL_NUMBER: call.line ?? NO_LINE,
    INCOMING: String(call.type),
    CALL_DURATION: facts.durationSeconds,
    CALL_START_DATE: {},
    CALL_STATUS: facts.statusCode === '200' ? 1 : 0,
    CALL_VOTE: facts.vote,
    COST: facts.cost,
    COST_CURRENCY: facts.costCurrency,
    CALL_FAILED_CODE: facts.statusCode,
    CALL_FAILED_REASON: facts.failedReason,
    REST_APP_ID: caller.appId,
    REST_APP_NAME: caller.appName,
    CRM_ACTIVITY_ID: facts.activityId,
    COMMENT: null,
    CRM_ENTITY_TYPE: call.crm?.type ?? '',
    CRM_ENTITY_ID: call.crm?.id ?? null,
    ID: facts.rowId,
  };
}
