import { crmEntityTypes, type ParamsOf, type ResultOf } from '@app/bitrix24/contract';
import type { CrmEntity, PortalStep, StepAnswer } from '@app/calls';
import {
  cardParams,
  finishParams,
  noticeParams,
  ownerParams,
  registerParams,
  statisticParams,
} from './to-request';

/** The steps that are one request and no file. */
export type PlainStep = Exclude<PortalStep, { kind: 'attach-record' }>;
type Kind = PlainStep['kind'];
type StepOf<K extends Kind> = Extract<PlainStep, { kind: K }>;

/** The method of each kind of step. */
interface Methods {
  readonly register: 'telephony.externalCall.register';
  readonly show: 'telephony.externalCall.show';
  readonly hide: 'telephony.externalCall.hide';
  readonly finish: 'telephony.externalCall.finish';
  readonly notify: 'im.notify.system.add';
  readonly 'confirm-finish': 'voximplant.statistic.get';
  readonly 'find-owner': 'telephony.externalCall.searchCrmEntities';
}

export const ATTACH_RECORD = 'telephony.externalCall.attachRecord';

/** How a kind of step is asked for, and how its result is read. */
export interface Way<K extends Kind> {
  readonly method: Methods[K];
  readonly params: (step: StepOf<K>) => ParamsOf<Methods[K]>;
  readonly answer: (step: StepOf<K>, result: ResultOf<Methods[K]>) => StepAnswer;
}

const card = (_step: unknown, result: boolean): StepAnswer => ({ kind: result ? 'done' : 'call-unknown' });

const WAYS: { readonly [K in Kind]: Way<K> } = {
  register: {
    method: 'telephony.externalCall.register',
    params: registerParams,
    answer: (_step, result) => {
      const { CALL_ID: portalCallId, LEAD_CREATION_ERROR: notice } = result;
      const client = clientIn(result);
      return {
        kind: 'registered',
        portalCallId,
        ...(notice && { notice: `the portal could not create a lead: ${notice}` }),
        ...(client && { client }),
      };
    },
  },
  show: { method: 'telephony.externalCall.show', params: cardParams, answer: card },
  hide: { method: 'telephony.externalCall.hide', params: cardParams, answer: card },
  finish: {
    method: 'telephony.externalCall.finish',
    params: finishParams,
    answer: () => ({ kind: 'done' }),
  },
  notify: { method: 'im.notify.system.add', params: noticeParams, answer: () => ({ kind: 'done' }) },
  'confirm-finish': {
    method: 'voximplant.statistic.get',
    params: statisticParams,
    answer: ({ portalCallId }, rows) => ({
      kind: 'finish-confirmed',
      found: rows.some((row) => row.CALL_ID === portalCallId),
    }),
  },
  'find-owner': {
    method: 'telephony.externalCall.searchCrmEntities',
    params: ownerParams,
    // The portal's own order of priority: the first is the client as the portal itself would choose.
    answer: (_step, [first]) => ({ kind: 'owner-found', userId: ownerIn(first) }),
  },
};

/** Who was created for this call is nobody whom anybody is responsible for yet but whom it was registered for. */
function clientIn({
  CRM_CREATED_LEAD: lead,
  CRM_CREATED_ENTITIES: created,
  CRM_ENTITY_TYPE: type,
  CRM_ENTITY_ID: id,
}: ResultOf<'telephony.externalCall.register'>): CrmEntity | undefined {
  const known = crmEntityTypes.find((one) => one === type);
  return known && id !== null && lead === null && created.length === 0 ? { type: known, id } : undefined;
}

type FoundEntity = ResultOf<'telephony.externalCall.searchCrmEntities'>[number];

/** Nobody is user 0, which is what an entity without a responsible person has. */
function ownerIn(entity: FoundEntity | undefined): number | null {
  return entity && entity.ASSIGNED_BY_ID > 0 ? entity.ASSIGNED_BY_ID : null;
}

/** How a step is asked for. */
export function wayOf<K extends Kind>(step: { readonly kind: K }): Way<K> {
  return WAYS[step.kind];
}

/** The method that a step calls first. */
export function methodOf(step: PortalStep): Methods[Kind] | typeof ATTACH_RECORD {
  return step.kind === 'attach-record' ? ATTACH_RECORD : wayOf(step).method;
}
