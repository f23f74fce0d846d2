/**
 * What stays as it is: letters, digits and marks that mean nothing to any of the parsers between us and a channel variable
 * (switch_separate_string, switch_event_create_brackets, switch_find_end_paren, the dial string's `,` `|` `:_:` and
 * `<>` `{}` `[]`, quotes, backslash, `^^`, `${}`; switch_utils.c, switch_event.c and switch_ivr_originate.c of 1.11).
 */
const PLAIN = /^[A-Za-z0-9_.~*#@;+-]$/;

/**
 * Any text as the value of a variable in an originate. Those parsers run one after the other and each takes away one layer
 * of quotes and backslashes, and none can escape a brace: so nothing is quoted here. Every other byte is percent-encoded
 * (RFC 3986, 2.1), which all of them pass on untouched; whoever reads free text on the switch decodes it (`url_decode`).
 * What consists of plain characters stays as it is.
 */
export function originateValue(text: string): string {
  return Array.from(text, (character) => (PLAIN.test(character) ? character : encoded(character))).join('');
}

function encoded(character: string): string {
  return [...Buffer.from(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}
