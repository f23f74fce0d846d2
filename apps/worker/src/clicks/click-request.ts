import type { EventDataOf } from '@app/bitrix24/contract';
import type { ClickRequest, CrmEntity } from '@app/calls';
import type { StoredEvent } from '@app/store';

type ClickData = EventDataOf<'ONEXTERNALCALLSTART'>;
type CallbackData = EventDataOf<'ONEXTERNALCALLBACKSTART'>;

/**
 * When something was asked for, by our clock: the portal's queue says when by its own, and what it says never makes an
 * event younger than it is.
 *
 * @param skewMs how far the portal's clock is behind ours
 */
export function askedAt({ ts, receivedAt }: StoredEvent, skewMs: number): number {
  return ts === undefined ? receivedAt : Math.min(receivedAt, ts * 1000 + skewMs);
}

/** What a click asks for. `PHONE_NUMBER_INTERNATIONAL` is the number to be called (the English page says otherwise). */
export function requestOfClick(event: StoredEvent, data: ClickData, skewMs: number): ClickRequest {
  const { PHONE_NUMBER, PHONE_NUMBER_INTERNATIONAL, CALL_ID, LINE_NUMBER, EXTENSION, CALL_LIST_ID } = data;
  return {
    kind: 'click',
    portalId: event.portalId,
    userId: data.USER_ID,
    numbers: [PHONE_NUMBER_INTERNATIONAL, PHONE_NUMBER].filter((number) => number !== null),
    isMobile: data.IS_MOBILE,
    askedAt: askedAt(event, skewMs),
    ...present({
      portalCallId: CALL_ID,
      lineNumber: LINE_NUMBER,
      extension: EXTENSION,
      callListId: CALL_LIST_ID,
    }),
    ...crmEntityOf(data),
  };
}

/** What a callback form asks for; `userId` is who was picked. */
export function requestOfCallback(
  event: StoredEvent,
  data: CallbackData,
  { userId, skewMs }: { readonly userId: number; readonly skewMs: number },
): ClickRequest {
  return {
    kind: 'callback',
    portalId: event.portalId,
    userId,
    numbers: [data.PHONE_NUMBER],
    isMobile: false,
    askedAt: askedAt(event, skewMs),
    ...present({ lineNumber: data.LINE_NUMBER, text: data.TEXT }),
    ...crmEntityOf(data),
  };
}

const TYPES: readonly string[] = ['CONTACT', 'COMPANY', 'LEAD'] satisfies CrmEntity['type'][];

/** Deals are clicked too, but no call can be registered for one. */
function crmEntityOf({
  CRM_ENTITY_TYPE: type,
  CRM_ENTITY_ID: id,
}: Pick<ClickData, 'CRM_ENTITY_TYPE' | 'CRM_ENTITY_ID'>): { readonly crmEntity?: CrmEntity } {
  if (type === null || id === null || !TYPES.includes(type)) return {};
  return { crmEntity: { type: type as CrmEntity['type'], id } };
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], null> };

function present<T extends Record<string, unknown>>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Present<T>;
}
