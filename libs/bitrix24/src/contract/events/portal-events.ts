import type { z } from 'zod';
import type { EventContract } from './event-contract';
import { onAppInstall } from './on-app-install';
import { onAppPayment } from './on-app-payment';
import { onAppTest } from './on-app-test';
import { onAppUninstall } from './on-app-uninstall';
import { onAppUpdate } from './on-app-update';
import { onExternalCallBackStart } from './on-external-call-back-start';
import { onExternalCallStart } from './on-external-call-start';
import { onOfflineEvent } from './on-offline-event';
import { onUserAdd } from './on-user-add';

/** Every event in use, under the name it has on the wire and in event.bind. */
export const portalEvents = {
  ONEXTERNALCALLSTART: onExternalCallStart,
  ONEXTERNALCALLBACKSTART: onExternalCallBackStart,
  ONAPPINSTALL: onAppInstall,
  ONAPPUPDATE: onAppUpdate,
  ONAPPUNINSTALL: onAppUninstall,
  ONAPPTEST: onAppTest,
  ONAPPPAYMENT: onAppPayment,
  ONUSERADD: onUserAdd,
  ONOFFLINEEVENT: onOfflineEvent,
} as const satisfies Record<string, EventContract>;

export type PortalEventName = keyof typeof portalEvents;
/** `data` of an event, one form for each value. */
export type EventDataOf<Name extends PortalEventName> = z.output<(typeof portalEvents)[Name]['data']>;

/** Whether an event is one of those in use; others are kept as they came. */
export function isPortalEventName(name: string): name is PortalEventName {
  return Object.hasOwn(portalEvents, name);
}
