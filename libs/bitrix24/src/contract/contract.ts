import type { z } from 'zod';
import { externalCallAttachRecord } from './external-call-attach-record';
import { externalCallFinish } from './external-call-finish';
import { externalCallHide } from './external-call-hide';
import { externalCallRegister } from './external-call-register';
import { externalCallSearchCrmEntities } from './external-call-search-crm-entities';
import { externalCallShow } from './external-call-show';
import type { MethodContract } from './method-contract';
import { userGet } from './user-get';
import { voximplantStatisticGet } from './voximplant-statistic-get';

/** Every method in use, under the name it has on the wire (the portal itself does not care about its case). */
export const contract = {
  'telephony.externalCall.register': externalCallRegister,
  'telephony.externalCall.show': externalCallShow,
  'telephony.externalCall.hide': externalCallHide,
  'telephony.externalCall.finish': externalCallFinish,
  'telephony.externalCall.attachRecord': externalCallAttachRecord,
  'telephony.externalCall.searchCrmEntities': externalCallSearchCrmEntities,
  'voximplant.statistic.get': voximplantStatisticGet,
  'user.get': userGet,
} as const satisfies Record<string, MethodContract>;

export type MethodName = keyof typeof contract;
/** What a caller passes: numbers as numbers. The schema itself also takes what a form body makes of them. */
export type ParamsOf<M extends MethodName> = z.output<(typeof contract)[M]['params']>;
/** What a caller gets: one form for each value, whatever PHP made of it. */
export type ResultOf<M extends MethodName> = z.output<(typeof contract)[M]['result']>;
/** What may travel as the result, PHP artefacts included: the form a portal writes. */
export type WireResultOf<M extends MethodName> = z.input<(typeof contract)[M]['result']>;
