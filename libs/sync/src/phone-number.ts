import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

/** Digits with what people and switches write between them; names, SIP addresses and service codes are no numbers. */
const WRITTEN_NUMBER = /^\+?[\d\s().-]+$/;

/** Numbers read of late, by region and text: reading one takes longer than all else that is thought about a call. */
const KNOWN = new Map<string, string | undefined>();
const MOST_KNOWN = 10_000;

/**
 * A function from a number as the switch knows it to E.164 with a plus, or undefined for what is no phone number.
 *
 * @param region ISO 3166-1 alpha-2: whose numbers are written without a country code
 */
export function e164In(region: string): (text: string) => string | undefined {
  return (text) => {
    const key = `${region} ${text}`;
    if (KNOWN.has(key)) return KNOWN.get(key);
    const number = read(text, isSupportedCountry(region) ? region : undefined);
    if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
    KNOWN.set(key, number);
    return number;
  };
}

function read(text: string, country: CountryCode | undefined): string | undefined {
  if (!WRITTEN_NUMBER.test(text)) return undefined;
  const asWritten = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  // Trunks often deliver the international form without its plus, from any country.
  const withPlus = parsePhoneNumberFromString(`+${text.replace(/\D/g, '')}`, { extract: false });
  const readings = [asWritten, withPlus].filter((number) => number !== undefined);
  // Numbering plans change faster than tables: a number that only has the right length is better than none.
  const best = readings.find((number) => number.isValid()) ?? readings.find((number) => number.isPossible());
  return best?.number;
}
