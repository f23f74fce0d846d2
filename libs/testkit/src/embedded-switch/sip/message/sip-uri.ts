/** A sip: or sips: URI, taken apart. Parameters and headers keep their escapes. */
export interface SipUri {
  readonly scheme: string;
  /** Percent-decoded; '' when there is none. */
  readonly user: string;
  readonly host: string;
  readonly port: number | undefined;
  /** Names in lower case; a parameter without value is ''. */
  readonly params: ReadonlyMap<string, string>;
  /** What stands after "?". */
  readonly headers: ReadonlyMap<string, string>;
}

const URI =
  /^(sips?):(?:([^@<>\s]*)@)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?((?:;[^?<>\s]*)?)(?:\?([^<>\s]*))?$/i;

/** A tel: URI has a number and parameters, and no host (RFC 3966). */
const TEL = /^tel:([^;?\s]{1,64})((?:;[^?\s]*)?)$/i;

/** Takes a URI apart; undefined when it is none. A tel: URI has no host. */
export function parseUri(text: string): SipUri | undefined {
  const tel = TEL.exec(text);
  if (tel) {
    const params = pairs(tel[2] ?? '', ';', (name) => name.toLowerCase());
    return {
      scheme: 'tel',
      user: decode(tel[1] ?? ''),
      host: '',
      port: undefined,
      params,
      headers: new Map(),
    };
  }
  const [, scheme, userinfo = '', host, port, params = '', headers = ''] = URI.exec(text) ?? [];
  if (scheme === undefined || host === undefined) return undefined;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return undefined;
  return {
    scheme: scheme.toLowerCase(),
    user: decode(userinfo.split(':', 1)[0] ?? ''),
    host,
    port: port === undefined ? undefined : Number(port),
    params: pairs(params, ';', (name) => name.toLowerCase()),
    headers: pairs(headers, '&', (name) => name),
  };
}

/** "user@host:port" as FreeSWITCH writes it in channel names and variables. */
export function bareUri({ user, host, port }: SipUri): string {
  return `${user === '' ? '' : `${user}@`}${host}${port === undefined ? '' : `:${port}`}`;
}

/** Percent-decodes as far as it can be decoded. */
export function decode(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escaped) =>
    Buffer.from(escaped.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

/** Escapes what may not stand in the user part of a URI. */
export function encodeUser(user: string): string {
  return user.replace(/[^A-Za-z0-9\-_.!~*'()&=+$,;?/%#]/g, (char) => encodeURIComponent(char));
}

function pairs(text: string, separator: string, nameOf: (name: string) => string): Map<string, string> {
  const parts = text.split(separator).filter((part) => part !== '');
  return new Map(
    parts.map((part) => {
      const equals = part.indexOf('=');
      return equals < 0
        ? [nameOf(part.trim()), '']
        : [nameOf(part.slice(0, equals).trim()), part.slice(equals + 1).trim()];
    }),
  );
}
