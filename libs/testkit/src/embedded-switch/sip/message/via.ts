import { parseParams } from './name-addr';

/** One Via, taken apart. */
export interface Via {
  /** UDP, TCP, WS ... */
  readonly transport: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly params: ReadonlyMap<string, string>;
}

const VIA = /^SIP\s*\/\s*2\.0\s*\/\s*([A-Za-z]+)\s+(\[[^\]]+\]|[^\s:;]+)(?:\s*:\s*(\d{1,5}))?\s*(.*)$/;

/** undefined when it is no Via. */
export function parseVia(text: string): Via | undefined {
  const [, transport, host, port, params = ''] = VIA.exec(text) ?? [];
  if (transport === undefined || host === undefined) return undefined;
  return {
    transport: transport.toUpperCase(),
    host,
    port: port === undefined ? undefined : Number(port),
    params: parseParams(params),
  };
}

/**
 * The top Via of a request as the switch has to send it back: with `received`, and with `rport` filled in when it was
 * asked for (RFC 3581).
 */
export function receivedVia(text: string, remote: { address: string; port: number }): string {
  const via = parseVia(text);
  if (!via) return text;
  const filled = text.replace(/;\s*rport\s*(=[^;]*)?(?=;|$)/i, `;rport=${remote.port}`);
  return via.host === remote.address ? filled : `${filled};received=${remote.address}`;
}
