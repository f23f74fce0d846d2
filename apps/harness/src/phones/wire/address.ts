/** A place on the network that SIP messages come from or go to. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

export const SIP_PORT = 5060;

export function placeName({ host, port }: Place): string {
  return `${host}:${port}`;
}

/** A SIP URI, as far as the harness needs it. */
export interface SipAddress {
  readonly scheme: string;
  readonly user: string;
  readonly host: string;
  readonly port?: number;
  /** In lower case; '' for one without a value. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Reads `sip:user@host:port;name=value`. Written by hand and forgiving: it is used on whatever comes from outside.
 *
 * @returns undefined for what is not a SIP URI
 */
export function readSipAddress(text: string): SipAddress | undefined {
  const scheme = /^(sips?):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return undefined;
  const rest = text.slice(scheme.length + 1);
  const at = rest.lastIndexOf('@', endOf(rest, '?'));
  const user = at < 0 ? '' : rest.slice(0, at);
  const [hostPort = '', ...parameters] = rest
    .slice(at + 1)
    .slice(0, endOf(rest.slice(at + 1), '?'))
    .split(';');
  const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(hostPort) ?? [];
  if (host === undefined || host === '') return undefined;
  return {
    scheme,
    user: decoded(user.split(':')[0] ?? ''),
    host,
    ...(port === undefined ? {} : { port: Number(port) }),
    parameters: Object.fromEntries(parameters.map(parameterOf)),
  };
}

function endOf(text: string, mark: string): number {
  const at = text.indexOf(mark);
  return at < 0 ? text.length : at;
}

function parameterOf(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0
    ? [text.trim().toLowerCase(), '']
    : [text.slice(0, at).trim().toLowerCase(), text.slice(at + 1).trim()];
}

/** Percent-encoding taken back; left as it is where it is broken. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Who a From, To or Contact header names. */
export interface NamedAddress {
  readonly name: string;
  /** As written, without the angle brackets. */
  readonly uri: string;
  readonly address?: SipAddress;
  readonly tag?: string;
}

/** Reads `"Name" <sip:...>;tag=...` and its shorter forms; never fails. */
export function readNamedAddress(header: string): NamedAddress {
  const { name, rest } = displayName(header.trim());
  const open = rest.indexOf('<');
  const close = rest.indexOf('>', open);
  const isBracketed = open >= 0 && close > open;
  const uri = isBracketed ? rest.slice(open + 1, close) : rest.slice(0, endOf(rest, ';')).trim();
  const after = isBracketed ? rest.slice(close + 1) : rest.slice(endOf(rest, ';'));
  const tag = /;\s*tag\s*=\s*([^;\s,]+)/i.exec(after)?.[1];
  return { name, uri, address: readSipAddress(uri), ...(tag === undefined ? {} : { tag }) };
}

function displayName(header: string): { name: string; rest: string } {
  if (!header.startsWith('"')) {
    const open = header.indexOf('<');
    return { name: open > 0 ? header.slice(0, open).trim() : '', rest: header };
  }
  let end = 1;
  while (end < header.length && header[end] !== '"') end += header[end] === '\\' ? 2 : 1;
  return { name: header.slice(1, end).replace(/\\(.)/gs, '$1'), rest: header.slice(end + 1) };
}
