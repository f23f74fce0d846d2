import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { DialableNumber } from '@app/calls';

/** Longer texts are no phone numbers; nobody has to parse them to find out. */
const LONGEST_TEXT = 100;

/**
 * A function from a number as it stands in a CRM to one that can be dialled; undefined for what is no phone number. The
 * text is a stranger's: what comes back is a plus and digits, and the digits of an extension, whatever it was.
 *
 * @param region ISO 3166-1 alpha-2: whose numbers are written without a country code
 */
export function numberReader(region: string): (text: string) => DialableNumber | undefined {
  const defaultCountry = isSupportedCountry(region) ? region : undefined;
  return (text) => {
    if (text.length > LONGEST_TEXT || isAlphabetic(text)) return undefined;
    const read = parsePhoneNumberFromString(normal(text), { defaultCountry, extract: false });
    if (!read?.isPossible()) return undefined;
    const { number, ext } = read;
    if (!E164.test(number)) return undefined;
    return { e164: number, ...(ext !== undefined && /^\d{1,20}$/.test(ext) && { extension: ext }) };
  };
}

/** No country gives out shorter numbers that are dialled with a country code; E.164 ends at 15 digits. */
const E164 = /^\+\d{7,15}$/;

/** `1-800-FLOWERS` is dialled by its letters; nobody who clicks means them. The words for an extension are understood. */
function isAlphabetic(text: string): boolean {
  return /\p{L}/u.test(text.replace(/\b(ext|extension|x)\b/gi, '').replace(/доб/gi, ''));
}

/** The Russian word for an extension, which libphonenumber reads as `ext` only without its dot. */
function normal(text: string): string {
  return text.trim().replace(/\s*доб\.?\s*/i, ' ext. ');
}
