import type { ParamsOf } from '@app/bitrix24/contract';
import type { PortalStep } from '@app/calls';

type Step<Kind extends PortalStep['kind']> = Extract<PortalStep, { kind: Kind }>;

/** Parameters of `telephony.externalCall.register`. Everything that has a changeable default is sent explicitly. */
export function registerParams(step: Step<'register'>): ParamsOf<'telephony.externalCall.register'> {
  return {
    USER_ID: step.userId,
    PHONE_NUMBER: step.phoneNumber,
    TYPE: step.type,
    CALL_START_DATE: withOffset(step.startedAt),
    EXTERNAL_CALL_ID: step.externalCallId,
    ...(step.lineNumber !== undefined && { LINE_NUMBER: step.lineNumber }),
    SHOW: flag(step.show),
    CRM_CREATE: flag(step.crmCreate),
    CRM_SOURCE: step.crmSource,
    ADD_TO_CHAT: flag(step.addToChat),
    ...(step.callListId !== undefined && { CALL_LIST_ID: step.callListId }),
    ...(step.crmEntity && { CRM_ENTITY_TYPE: step.crmEntity.type, CRM_ENTITY_ID: step.crmEntity.id }),
  };
}

/** Parameters of `telephony.externalCall.show` and `.hide`, which are the same. */
export function cardParams(step: Step<'show' | 'hide'>): ParamsOf<'telephony.externalCall.show'> {
  return { CALL_ID: step.portalCallId, USER_ID: [...step.userIds] };
}

/** Parameters of `telephony.externalCall.finish`. */
export function finishParams(step: Step<'finish'>): ParamsOf<'telephony.externalCall.finish'> {
  return {
    CALL_ID: step.portalCallId,
    USER_ID: step.userId,
    DURATION: step.durationSeconds,
    STATUS_CODE: step.statusCode,
    ...(step.failedReason !== undefined && { FAILED_REASON: step.failedReason }),
    ADD_TO_CHAT: flag(step.addToChat),
  };
}

/** Parameters of `im.notify.system.add`: nobody in particular says it. */
export function noticeParams(step: Step<'notify'>): ParamsOf<'im.notify.system.add'> {
  return { USER_ID: step.userId, MESSAGE: step.message, TAG: step.tag };
}

/** Parameters of `voximplant.statistic.get` that find one finished call. */
export function statisticParams(step: Step<'confirm-finish'>): ParamsOf<'voximplant.statistic.get'> {
  return { FILTER: { CALL_ID: step.portalCallId } };
}

/** Parameters of `telephony.externalCall.searchCrmEntities`. */
export function ownerParams(step: Step<'find-owner'>): ParamsOf<'telephony.externalCall.searchCrmEntities'> {
  return { PHONE_NUMBER: step.phoneNumber };
}

/**
 * ISO-8601 with a UTC offset, as the page of register shows it: whole seconds and `+00:00`, because whether the portal
 * takes fractions or a `Z` is not documented.
 */
function withOffset(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}+00:00`;
}

function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}
