import { oneOfNumbers } from './lenient';
import { z } from 'zod';

/**
 * Call types of register (`TYPE`), of statistics (`CALL_TYPE`) and of finish's answer (`INCOMING`).
 * https://apidocs.bitrix24.com/api-reference/telephony/telephony-external-call-register.html
 */
export const portalCallTypes = {
  outgoing: 1,
  incoming: 2,
  incomingRedirected: 3,
  callback: 4,
  informational: 5,
} as const;
export type PortalCallType = (typeof portalCallTypes)[keyof typeof portalCallTypes];
export const portalCallType = oneOfNumbers([1, 2, 3, 4, 5]);

/**
 * Result codes of a call: finish's `STATUS_CODE`, `CALL_FAILED_CODE` everywhere else. Strings, because of 603-S and
 * OTHER. Omitted, the portal takes 200 if DURATION > 0, else 304.
 * https://apidocs.bitrix24.com/api-reference/telephony/telephony-external-call-finish.html
 */
export const portalStatusCodes = [
  '200', // successful call
  '304', // missed call
  '603', // declined
  '603-S', // call cancelled
  '403', // forbidden
  '404', // invalid number
  '486', // busy
  '484', // direction unavailable
  '503', // direction unavailable
  '480', // temporarily unavailable
  '402', // insufficient funds
  '423', // blocked
  'OTHER', // undefined
] as const;
export type PortalStatusCode = (typeof portalStatusCodes)[number];
export const portalStatusCode = z.enum(portalStatusCodes);

/** What a call can be bound to in register; DEAL is not listed there. */
export const crmEntityTypes = ['CONTACT', 'COMPANY', 'LEAD'] as const;
export type CrmEntityType = (typeof crmEntityTypes)[number];

/**
 * Workday of a responsible user in searchCrmEntities. UNAVAILABLE: time tracking is off for this user.
 * https://apidocs.bitrix24.com/api-reference/telephony/telephony-external-call-search-crm-entities.html
 */
export const timemanStatuses = [
  'OPENED',
  'CLOSED',
  'PAUSED',
  'EXPIRED',
  'UNAVAILABLE',
  'NOT_INSTALLED',
] as const;
export type TimemanStatus = (typeof timemanStatuses)[number];
