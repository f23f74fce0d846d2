import type { RawParams } from './wire';

/** One request, as the portal remembers it. */
export interface RequestLogEntry {
  /** Epoch ms. */
  readonly at: number;
  /** As the contract spells it; as it came if the portal does not know it; `upload` for the multipart POST. */
  readonly method: string;
  /** Without the token; file content as its length. */
  readonly params: RawParams;
  /** Kind of the fault it met. */
  readonly fault?: string;
  /** The portal did what was asked. */
  ok: boolean;
  result?: unknown;
  error?: { readonly status: number; readonly code: string; readonly description: string };
  /** The client has learnt what came of it. False if the answer was lost, or if it had gone by then. */
  delivered: boolean;
}

/** Every request in the order of arrival. */
export class RequestLog {
  readonly entries: RequestLogEntry[] = [];

  add(at: number, method: string, params: RawParams, fault: string | undefined): RequestLogEntry {
    const entry: RequestLogEntry = {
      at,
      method,
      params: shortened(params),
      fault,
      ok: false,
      delivered: false,
    };
    this.entries.push(entry);
    return entry;
  }

  /** The requests to one method. */
  of(method: string): readonly RequestLogEntry[] {
    return this.entries.filter((entry) => entry.method === method);
  }
}

function shortened({ auth: _auth, token: _token, ...params }: RawParams): RawParams {
  const { FILE_CONTENT: content } = params;
  return typeof content === 'string' ? { ...params, FILE_CONTENT: `[${content.length} characters]` } : params;
}
