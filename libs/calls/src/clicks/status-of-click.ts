import type { PortalStatusCode } from '../portal/status-code';
import type { ClickTrouble } from './click';

/**
 * `STATUS_CODE` of a click for which no phone was called (`unreachable` has a hangup cause, which decides). The portal's
 * words: 403 forbidden, 404 invalid number, 480 temporarily unavailable, 484 and 503 direction unavailable, 486 busy,
 * 603-S cancelled (telephony.externalCall.finish, result codes).
 */
const CODE_OF_TROUBLE: Readonly<Record<ClickTrouble, PortalStatusCode>> = {
  'no-phone': '480',
  nobody: '480',
  stale: '603-S',
  'not-dialable': '404',
  'not-allowed': '403',
  'unknown-line': '484',
  'too-fast': '603-S',
  'too-many-calls': '486',
  'switch-away': '503',
  unreachable: '480',
  lost: 'OTHER',
};

export function statusOfClick(trouble: ClickTrouble): PortalStatusCode {
  return CODE_OF_TROUBLE[trouble];
}
