import type { Clock } from '../clock';
import type { PortalReply, RawParams } from '../http/wire';
import { isSecret } from './redact';

/** One request, or one command of a batch, as the portal remembers it. */
export interface RequestLogEntry {
  /** Epoch ms. */
  readonly at: number;
  /** As the documentation spells it; as it came if the portal does not know it; `upload` for the multipart POST. */
  readonly method: string;
  /** Without tokens and secrets; file content as its length. */
  readonly params: RawParams;
  /** Kind of the fault it met; `renamed` if it came to an address that the portal has left. */
  readonly fault?: string;
  /** Its key, if it was a command of a batch; such an entry is no request of its own. */
  readonly inBatch?: string;
  /** Address it came from: the rate limit counts per source. */
  readonly source?: string;
  /** The portal did what was asked. */
  ok: boolean;
  result?: unknown;
  error?: { readonly status: number; readonly code: string; readonly description: string };
  /** Of the reply, a fault's included; none for a command of a batch, and none if there was no reply. */
  status?: number;
  /** From arrival to reply on the portal's clock, ms; none for a command of a batch, and none if there was no reply. */
  tookMs?: number;
  /** The client has learnt what came of it. False if the answer was lost, or if it had gone by then. */
  delivered: boolean;
}

type NewEntry = Pick<RequestLogEntry, 'at' | 'method' | 'params' | 'fault' | 'inBatch' | 'source'>;

/** Every request in the order of arrival; commands of a batch follow it. */
export class RequestLog {
  readonly entries: RequestLogEntry[] = [];
  readonly #answered = new WeakMap<PortalReply, readonly RequestLogEntry[]>();

  constructor(private readonly clock: Clock) {}

  add(entry: NewEntry): RequestLogEntry {
    const added = { ...entry, params: shortened(entry.params), ok: false, delivered: false };
    this.entries.push(added);
    return added;
  }

  /** The requests to one method, commands of batches among them. */
  of(method: string): readonly RequestLogEntry[] {
    return this.entries.filter((entry) => entry.method === method);
  }

  /** A request got this reply; `isTrue`: it tells what came of the request, and of the commands of a batch. */
  answered(
    entry: RequestLogEntry,
    reply: PortalReply,
    isTrue: boolean,
    commands: readonly RequestLogEntry[] = [],
  ): void {
    entry.status = reply.status;
    entry.tookMs = this.clock.now() - entry.at;
    const told = isTrue ? [entry, ...commands] : [];
    for (const learnt of told) learnt.delivered = true;
    this.#answered.set(reply, told);
  }

  /** The client had gone before this reply reached it. */
  markLost(reply: PortalReply): void {
    for (const entry of this.#answered.get(reply) ?? []) entry.delivered = false;
  }

  /** Forgets all of them. */
  clear(): void {
    this.entries.length = 0;
  }
}

/** What SDKs add for their own statistics (`bx24_...`) is left out, too. */
function shortened(params: RawParams): RawParams {
  const shown = Object.entries(params).filter(([key]) => !isSecret(key) && !key.startsWith('bx24_'));
  return Object.fromEntries(shown.map(([key, value]) => [key, withoutFile(key, value)]));
}

/** The length in the place of a file, which may also be within a command of a batch. */
function withoutFile(key: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutFile(key, item));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([inner, item]) => [inner, withoutFile(inner, item)]),
    );
  if (typeof value !== 'string') return value;
  if (key === 'FILE_CONTENT') return lengthOf(value);
  return value.replace(
    /(FILE_CONTENT=)([^&]{100,})/g,
    (_all, name: string, file: string) => name + lengthOf(file),
  );
}

const lengthOf = (file: string): string => `[${file.length} characters]`;
