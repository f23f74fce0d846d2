import { UserAgent, type URI } from 'sip.js';
import { PhoneError } from '../call/phone-error';

/** The address of a number: `1002` in a domain, `1002@host`, or a whole `sip:` address as it is. */
export function addressOf(number: string, domain: string): string {
  if (/^sips?:/i.test(number)) return number;
  if (number.includes('@')) return `sip:${number}`;
  // A plus sign may stand in a SIP address as it is, and is nicer to read (RFC 3261, section 25.1).
  return `sip:${encodeURIComponent(number).replace(/%2B/g, '+')}@${domain}`;
}

/** @throws PhoneError for what is no SIP address */
export function toUri(address: string): URI {
  let uri: URI | undefined;
  try {
    uri = UserAgent.makeURI(address);
  } catch {
    uri = undefined;
  }
  if (!uri) throw new PhoneError(`"${address}" is not a SIP address`);
  return uri;
}
