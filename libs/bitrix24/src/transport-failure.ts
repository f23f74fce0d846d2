import type { Ruling } from './verdict-table';

/** A request that brought no answer. */
export interface TransportFailure extends Ruling {
  /** The system's or undici's code, e.g. ECONNREFUSED, UND_ERR_SOCKET; '' if there is none. */
  readonly code: string;
  readonly description: string;
}

/** Failures before a single byte of the request could leave: the connection was never made. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);
/** Code of the error that `AddressGuard.lookup` gives. */
export const ADDRESS_REFUSED = 'ERR_ADDRESS_REFUSED';
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)/;

/**
 * Reads what `fetch` threw. Node wraps the truth: TypeError "fetch failed" has it in `cause`, and where a name has
 * several addresses, one AggregateError holds a cause per address.
 */
export function transportFailure(thrown: unknown): TransportFailure {
  const { name, message, code, syscall } = rootOf(thrown);
  const facts = { code, description: message };
  if (name === 'TimeoutError') return { ...facts, code: '', kind: 'timeout', verdict: 'ambiguous' };
  // with redirect: 'error' that is all fetch tells
  if (message === 'unexpected redirect') return { ...facts, kind: 'redirected', verdict: 'ask-a-person' };
  if (code === ADDRESS_REFUSED) return { ...facts, kind: 'bad-address', verdict: 'ask-a-person' };
  if (CERTIFICATE.test(code)) return { ...facts, kind: 'untrusted-certificate', verdict: 'ask-a-person' };
  if (NEVER_CONNECTED.has(code) || syscall === 'connect' || syscall === 'getaddrinfo')
    return { ...facts, kind: 'not-connected', verdict: 'retry' };
  return { ...facts, kind: 'connection-lost', verdict: 'ambiguous' };
}

interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly syscall: string;
}

/** Follows `cause` to its end. By shape and not by `instanceof`, because fetch's errors can come from another realm. */
function rootOf(thrown: unknown): ErrorFacts {
  let error = thrown;
  for (let depth = 0; depth < 5; depth += 1) {
    const inner = field(error, 'cause') ?? firstOf(field(error, 'errors'));
    if (inner === undefined || inner === null) break;
    error = inner;
  }
  return {
    name: text(field(error, 'name')),
    message: text(field(error, 'message')),
    code: text(field(error, 'code')),
    syscall: text(field(error, 'syscall')),
  };
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
