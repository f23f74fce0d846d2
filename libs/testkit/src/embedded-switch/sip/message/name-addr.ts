import { parseUri, type SipUri } from './sip-uri';

/** From, To, Contact, Refer-To ...: `"display" <uri>;param=value`. */
export interface NameAddr {
  /** Without the quotes, escapes as written; '' when there is none. */
  readonly display: string;
  /** As written between the brackets. */
  readonly uriText: string;
  readonly uri: SipUri;
  /** Header parameters, names in lower case. */
  readonly params: ReadonlyMap<string, string>;
}

/** Takes a name-addr or a bare URI apart; undefined when it holds no SIP URI. Linear in time: names are hostile. */
export function parseNameAddr(text: string): NameAddr | undefined {
  const quoted = /^"((?:[^"\\]|\\.)*)"/s.exec(text);
  const from = quoted ? quoted[0].length : 0;
  const open = text.indexOf('<', from);
  if (open >= 0) {
    const close = text.indexOf('>', open);
    if (close < 0) return undefined;
    const bare = text.slice(0, open).trim();
    return build(quoted?.[1] ?? bare, text.slice(open + 1, close).trim(), text.slice(close + 1));
  }
  // without brackets all parameters belong to the header (RFC 3261 section 20.10)
  const semicolon = text.indexOf(';');
  const uriText = (semicolon < 0 ? text : text.slice(0, semicolon)).trim();
  return build('', uriText, semicolon < 0 ? '' : text.slice(semicolon));
}

/** The value of `tag` in From or To; '' when it has none. */
export function tagOf(headerValue: string): string {
  return parseNameAddr(headerValue)?.params.get('tag') ?? '';
}

function build(display: string, uriText: string, rest: string): NameAddr | undefined {
  const uri = parseUri(uriText);
  return uri && { display, uriText, uri, params: parseParams(rest) };
}

/** `;a=b;c` to a map; quoted values lose their quotes. */
export function parseParams(text: string): Map<string, string> {
  const params = new Map<string, string>();
  for (const [, name = '', quoted, bare] of text.matchAll(
    /;\s*([^=;\s]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*)))?/g,
  )) {
    params.set(name.toLowerCase(), (quoted ?? bare ?? '').trim());
  }
  return params;
}
