import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

/** Digits with what people and switches write between them; names, SIP addresses and service codes are no numbers. */
const WRITTEN_NUMBER = /^\+?[\d\s().-]+$/;

/**
 * A function from a number as the switch knows it to E.164 with a plus, or undefined for what is no phone number.
 *
 * @param region ISO 3166-1 alpha-2: whose numbers are written without a country code
 */
export function e164In(region: string): (text: string) => string | undefined {
  const country = isSupportedCountry(region) ? region : undefined;
  return (text) => {
    if (!WRITTEN_NUMBER.test(text)) return undefined;
    const asWritten = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
    // Trunks often deliver the international form without its plus, from any country.
    const withPlus = parsePhoneNumberFromString(`+${text.replace(/\D/g, '')}`, { extract: false });
    const readings = [asWritten, withPlus].filter((number) => number !== undefined);
    // Numbering plans change faster than tables: a number that only has the right length is better than none.
    const best =
      readings.find((number) => number.isValid()) ?? readings.find((number) => number.isPossible());
    return best?.number;
  };
}
