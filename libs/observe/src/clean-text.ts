/**
 * Text that came from outside (a caller's name, a number), fit to be shown and logged. The SIP stack decodes `%0A` in
 * display names, so real line breaks arrive here; printed line by line they would forge log lines and CRM text
 * (freeswitch-facts, section 12). Bidirectional overrides can make a number read as another one.
 *
 * @returns undefined when nothing is left.
 */
export function cleanText(text: string | undefined, longest = 255): string | undefined {
  const clean = text
    ?.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return clean ? Array.from(clean).slice(0, longest).join('') : undefined;
}
