import type { Place } from '../wire/address';

export type WireProtocol = 'TCP' | 'UDP' | 'WS';

/** What carries SIP messages: whole messages in, whole messages out. */
export interface Wire {
  readonly protocol: WireProtocol;
  /** Our own place, as others may write to it. */
  readonly local: Place;
  /** Whether what is sent arrives, or a broken connection is noticed. */
  readonly isReliable: boolean;
  /** @throws WireError when it cannot be sent */
  send(text: string, to: Place): Promise<void>;
  /** Connects to the server again after `onLost`; nothing to do without connections. @throws WireError */
  reconnect(): Promise<void>;
  close(): Promise<void>;
}

/** Who is told what comes in. */
export interface WireListener {
  onMessage(text: string, from: Place): void;
  /** The connection to the server is gone. */
  onLost(error: WireError): void;
  /** Something that is no SIP came, or a stranger's connection broke. */
  onAnomaly(detail: string): void;
}

/** Messages cannot be carried: no such host, refused, broken. The message says what to look at. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

/** The error of a socket in words for the tester. */
export function wireError(protocol: WireProtocol, where: string, cause: unknown): WireError {
  const hint = isCoded(cause) ? HINTS[cause.code] : undefined;
  const text = cause instanceof Error ? cause.message : String(cause);
  return new WireError(`${protocol} to ${where}: ${hint ?? text}`, { cause });
}

function isCoded(error: unknown): error is { readonly code: string } {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
}

const HINTS: Readonly<Record<string, string | undefined>> = {
  ECONNREFUSED: 'connection refused. Is the switch running, and does it listen on this port and transport?',
  ENOTFOUND: 'there is no such host. Check the name of the server.',
  EAI_AGAIN: 'the name of the server cannot be resolved at the moment.',
  ETIMEDOUT: 'no answer. Is the address right, and no firewall between?',
  EHOSTUNREACH: 'there is no way to this host.',
  ENETUNREACH: 'there is no way to this network.',
  EADDRINUSE: 'the port is taken by another program.',
  EADDRNOTAVAIL: 'this machine does not have the address.',
};
