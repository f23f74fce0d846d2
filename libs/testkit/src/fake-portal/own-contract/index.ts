import { crmMethods } from './crm';
import { eventMethods } from './events';
import { messengerMethods } from './messenger';
import { peopleMethods } from './people';
import { placementMethods } from './placements';
import { telephonyMethods } from './telephony';

/**
 * Methods that a portal has and the connector's contract does not list, from the same documentation. One that the
 * contract comes to list goes away here.
 */
export const ownContract = {
  ...telephonyMethods,
  ...peopleMethods,
  ...crmMethods,
  ...messengerMethods,
  ...eventMethods,
  ...placementMethods,
} as const;
