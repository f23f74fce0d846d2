import type { EventDataOf } from '@app/bitrix24/contract';
import type { ClickRequest, CrmEntity } from '@app/calls';
import type { ClockSkew, StoredEvent } from '@app/store';

type ClickData = EventDataOf<'ONEXTERNALCALLSTART'>;
type CallbackData = EventDataOf<'ONEXTERNALCALLBACKSTART'>;

/** `externalCall.<hex>.<unix time>`: when the portal has registered the call. */
const REGISTERED = /\.(\d{10})$/;

/**
 * When something was asked for, by our clock: the portal's queue says when it sent the event, and a CALL_ID says when the
 * number was clicked, for the queue may have kept the event for long. Neither makes an event younger than it is.
 */
export function askedAt(
  { ts, receivedAt }: Pick<StoredEvent, 'ts' | 'receivedAt'>,
  { queueMs, portalMs }: ClockSkew,
  portalCallId?: string | null,
): number {
  const registered = REGISTERED.exec(portalCallId ?? '')?.[1];
  return Math.min(
    receivedAt,
    ts === undefined ? receivedAt : ts * 1000 + queueMs,
    registered === undefined ? receivedAt : Number(registered) * 1000 + portalMs,
  );
}

/** What a click asks for. `PHONE_NUMBER_INTERNATIONAL` is the number to be called (the English page says otherwise). */
export function requestOfClick(event: StoredEvent, data: ClickData, skew: ClockSkew): ClickRequest {
  const { PHONE_NUMBER, PHONE_NUMBER_INTERNATIONAL, CALL_ID, LINE_NUMBER, EXTENSION, CALL_LIST_ID } = data;
  return {
    kind: 'click',
    portalId: event.portalId,
    userId: data.USER_ID,
    numbers: [PHONE_NUMBER_INTERNATIONAL, PHONE_NUMBER].filter((number) => number !== null),
    isMobile: data.IS_MOBILE,
    askedAt: askedAt(event, skew, CALL_ID),
    ...present({
      portalCallId: CALL_ID,
      lineNumber: LINE_NUMBER,
      extension: EXTENSION,
      callListId: CALL_LIST_ID,
    }),
    ...crmEntityOf(data),
  };
}

/** What a callback form asks for, and who may call back. */
export function requestOfCallback(
  event: StoredEvent,
  data: CallbackData,
  {
    userId,
    standIns,
    skew,
  }: { readonly userId: number; readonly standIns: readonly number[]; readonly skew: ClockSkew },
): ClickRequest {
  return {
    kind: 'callback',
    portalId: event.portalId,
    userId,
    standIns,
    numbers: [data.PHONE_NUMBER],
    isMobile: false,
    askedAt: askedAt(event, skew),
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
