/** An address that may be called although the rules say no. */
export interface AllowedAddress {
  readonly protocol: 'https:' | 'http:';
  /** As in a URL; without a leading `*.`. */
  readonly hostname: string;
  /** Every name below `hostname`, and not itself. */
  readonly below: boolean;
  /** As in a URL: '' is the default port. undefined: any. */
  readonly port: string | undefined;
}

const PATTERN = /^(?:(https?):\/\/)?(\*\.)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}|\*))?$/i;

/**
 * Reads `host`, `host:port`, `host:*`, `*.domain:port`, each with `http://` in front if it may go without TLS.
 *
 * @throws TypeError if it is none of these
 */
export function readAllowedAddress(text: string): AllowedAddress {
  const [, scheme = 'https', wildcard, host, port = ''] = PATTERN.exec(text) ?? [];
  const address = `${scheme.toLowerCase()}://${host ?? ''}${port === '*' || port === '' ? '' : `:${port}`}/`;
  if (host === undefined || !URL.canParse(address))
    throw new TypeError(`"${text}" is not an address of the form [http://]host[:port]`);
  const url = new URL(address);
  return {
    protocol: url.protocol === 'http:' ? 'http:' : 'https:',
    hostname: url.hostname,
    below: wildcard !== undefined,
    port: port === '*' ? undefined : url.port,
  };
}

/** Whether an entry means this host, whatever scheme and port. */
export function allowsHost({ hostname, below }: AllowedAddress, asked: string): boolean {
  return below ? asked.endsWith(`.${hostname}`) : asked === hostname;
}

/** Whether an entry means this address. */
export function allows(allowed: AllowedAddress, url: URL): boolean {
  return (
    allowed.protocol === url.protocol &&
    (allowed.port === undefined || allowed.port === url.port) &&
    allowsHost(allowed, url.hostname)
  );
}
