import { URI } from 'sip.js';
import { PhoneError } from '../call/phone-error';

/** Who a call says it comes from. Anything goes that a hostile network could send, but a broken message. */
export interface Caller {
  readonly number: string;
  /** Display name, as it is to arrive: any characters but control characters. Percent signs are sent as they are. */
  readonly name?: string;
  /**
   * Hides the number as networks do (RFC 3323, 3325): From is anonymous, Privacy: id is set, and the number is only in
   * P-Asserted-Identity.
   */
  readonly isAnonymous?: boolean;
  /** Sends the number in P-Asserted-Identity too, as carriers do. */
  readonly isAsserted?: boolean;
  /** More headers, "Name: value" each. */
  readonly headers?: readonly string[];
}

/** What SIP.js needs to call as somebody. */
export interface CallerParams {
  readonly fromUri: URI;
  readonly fromDisplayName: string;
  readonly extraHeaders: readonly string[];
}

const ANONYMOUS = { user: 'anonymous', host: 'anonymous.invalid', name: 'Anonymous' };

/** @throws PhoneError for what cannot be written into a SIP message at all */
export function callerParams(caller: Caller, host: string): CallerParams {
  const { number, name = '', isAnonymous = false, isAsserted = false, headers = [] } = caller;
  for (const text of [number, name, ...headers]) refuseControls(text);
  const uri = uriOf(number, host);
  const identity = isAnonymous || isAsserted ? [`P-Asserted-Identity: <${uri.toString()}>`] : [];
  const extraHeaders = [...identity, ...(isAnonymous ? ['Privacy: id'] : []), ...headers];
  return isAnonymous
    ? { fromUri: uriOf(ANONYMOUS.user, ANONYMOUS.host), fromDisplayName: ANONYMOUS.name, extraHeaders }
    : { fromUri: uri, fromDisplayName: quoted(name), extraHeaders };
}

/** SIP.js decodes percent-encoding in the user part before it encodes it: a bare percent sign would break it. */
function uriOf(user: string, host: string): URI {
  return new URI('sip', encodeURIComponent(user), host);
}

/** The inside of a quoted string (RFC 3261, section 25.1); SIP.js sets the quotes, and nothing else. */
function quoted(name: string): string {
  return name.replace(/[\\"]/g, '\\$&');
}

function refuseControls(text: string): void {
  if (/[\x00-\x1f\x7f]/.test(text))
    throw new PhoneError(`control characters cannot be sent in a header: ${JSON.stringify(text)}`);
}
