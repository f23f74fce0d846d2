import type { z } from 'zod';
import { appInfo } from './app-info';
import { batch } from './batch';
import { crmCompanyGet, crmContactGet, crmLeadGet } from './crm-client-get';
import { crmItemGet } from './crm-item-get';
import { crmStatusList } from './crm-status-list';
import { eventBind } from './event-bind';
import { eventGet } from './event-get';
import { eventOfflineClear } from './event-offline-clear';
import { eventOfflineGet } from './event-offline-get';
import { eventOfflineList } from './event-offline-list';
import { eventTest } from './event-test';
import { eventUnbind } from './event-unbind';
import { eventsList } from './events-list';
import { externalCallAttachRecord } from './external-call-attach-record';
import { externalCallFinish } from './external-call-finish';
import { externalCallHide } from './external-call-hide';
import { externalCallRegister } from './external-call-register';
import { externalCallSearchCrmEntities } from './external-call-search-crm-entities';
import { externalCallShow } from './external-call-show';
import { externalLineAdd } from './external-line-add';
import { externalLineDelete } from './external-line-delete';
import { externalLineGet } from './external-line-get';
import { externalLineUpdate } from './external-line-update';
import { imNotifySystemAdd } from './im-notify-system-add';
import type { MethodContract } from './method-contract';
import { methodGet } from './method-get';
import { profile } from './profile';
import { scope } from './scope';
import { serverTime } from './server-time';
import { userCurrent } from './user-current';
import { userGet } from './user-get';
import { voximplantLineOutgoingGet } from './voximplant-line-outgoing-get';
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
  'voximplant.line.outgoing.get': voximplantLineOutgoingGet,
  'user.get': userGet,
  'user.current': userCurrent,
  'telephony.externalLine.add': externalLineAdd,
  'telephony.externalLine.update': externalLineUpdate,
  'telephony.externalLine.delete': externalLineDelete,
  'telephony.externalLine.get': externalLineGet,
  'event.bind': eventBind,
  'event.unbind': eventUnbind,
  'event.get': eventGet,
  'event.test': eventTest,
  events: eventsList,
  'event.offline.list': eventOfflineList,
  'event.offline.get': eventOfflineGet,
  'event.offline.clear': eventOfflineClear,
  'crm.item.get': crmItemGet,
  'crm.lead.get': crmLeadGet,
  'crm.contact.get': crmContactGet,
  'crm.company.get': crmCompanyGet,
  'crm.status.list': crmStatusList,
  'im.notify.system.add': imNotifySystemAdd,
  'app.info': appInfo,
  profile,
  scope,
  'method.get': methodGet,
  'server.time': serverTime,
  batch,
} as const satisfies Record<string, MethodContract>;

export type MethodName = keyof typeof contract;
/** What a caller passes: numbers as numbers. The schema itself also takes what a form body makes of them. */
export type ParamsOf<M extends MethodName> = z.output<(typeof contract)[M]['params']>;
/** What a caller gets: one form for each value, whatever PHP made of it. */
export type ResultOf<M extends MethodName> = z.output<(typeof contract)[M]['result']>;
/** What may travel as the result, PHP artefacts included: the form a portal writes. */
export type WireResultOf<M extends MethodName> = z.input<(typeof contract)[M]['result']>;
