import { appInfo } from '../apps/app-info';
import { placementBind, placementGet, placementList, placementUnbind } from '../apps/placements';
import { batch } from '../batch/batch';
import { activityGet, activityList } from '../crm/activities';
import { findByComm } from '../crm/find-by-comm';
import { itemGet, itemList } from '../crm/items';
import { companyGet, contactGet, leadGet } from '../crm/old-items';
import { settingsMode } from '../crm/settings-mode';
import { statusList } from '../crm/status-list';
import { bind, events, get, unbind } from '../events/event-bindings';
import { eventTest } from '../events/event-test';
import { offlineClear, offlineError, offlineGet, offlineList } from '../events/offline-methods';
import { messageAdd } from '../messenger/message-add';
import { notify, notifyDelete, personalAdd, systemAdd } from '../messenger/notify';
import { departmentGet } from '../people/departments';
import { profile } from '../people/profile';
import { userCurrent, userGet } from '../people/users';
import { timemanStatus } from '../people/workday';
import { methodGet } from '../system/method-get';
import { scope } from '../system/scope';
import { serverTime } from '../system/server-time';
import { attachRecord } from '../telephony/attach-record';
import { attachTranscription } from '../telephony/attach-transcription';
import { lineAdd, lineDelete, lineGet, lineUpdate } from '../telephony/external-lines';
import { finish } from '../telephony/finish';
import { outgoingLineGet } from '../telephony/outgoing-line';
import { register } from '../telephony/register';
import { searchCrmEntities } from '../telephony/search-crm-entities';
import { hide, show } from '../telephony/show-hide';
import { statisticGet } from '../telephony/statistics';
import type { FakeMethod } from './catalogue';
import type { MethodHandler } from './method-call';

/** One handler per method of the catalogue. */
export const handlers: { readonly [M in FakeMethod]: MethodHandler<M> } = {
  'telephony.externalCall.register': register,
  'telephony.externalCall.show': show,
  'telephony.externalCall.hide': hide,
  'telephony.externalCall.finish': finish,
  'telephony.externalCall.attachRecord': attachRecord,
  'telephony.externalCall.searchCrmEntities': searchCrmEntities,
  'telephony.externalLine.add': lineAdd,
  'telephony.externalLine.update': lineUpdate,
  'telephony.externalLine.delete': lineDelete,
  'telephony.externalLine.get': lineGet,
  'telephony.call.attachTranscription': attachTranscription,
  'voximplant.statistic.get': statisticGet,
  'voximplant.line.outgoing.get': outgoingLineGet,
  'user.get': userGet,
  'user.current': userCurrent,
  profile,
  'department.get': departmentGet,
  'timeman.status': timemanStatus,
  'app.info': appInfo,
  scope,
  'method.get': methodGet,
  'server.time': serverTime,
  batch,
  events,
  'event.bind': bind,
  'event.unbind': unbind,
  'event.get': get,
  'event.test': eventTest,
  'event.offline.get': offlineGet,
  'event.offline.list': offlineList,
  'event.offline.clear': offlineClear,
  'event.offline.error': offlineError,
  'im.notify': notify,
  'im.notify.personal.add': personalAdd,
  'im.notify.system.add': systemAdd,
  'im.notify.delete': notifyDelete,
  'im.message.add': messageAdd,
  'crm.item.get': itemGet,
  'crm.item.list': itemList,
  'crm.lead.get': leadGet,
  'crm.contact.get': contactGet,
  'crm.company.get': companyGet,
  'crm.status.list': statusList,
  'crm.duplicate.findbycomm': findByComm,
  'crm.settings.mode.get': settingsMode,
  'crm.activity.get': activityGet,
  'crm.activity.list': activityList,
  'placement.bind': placementBind,
  'placement.get': placementGet,
  'placement.list': placementList,
  'placement.unbind': placementUnbind,
};
