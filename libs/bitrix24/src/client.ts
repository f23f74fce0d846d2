import { parseJson, readAnswer, refusalIn, snippet } from './answer';
import type { AnswerContext, PortalAnswer } from './answer';
import { uploadResult } from './contract';
import type { MethodName, ParamsOf, ResultOf } from './contract';
import { PortalError } from './errors';
import { post } from './http-reply';
import type { HttpReply } from './http-reply';
import { settle } from './judge';
import { UPLOAD } from './method-safety';
import type { RequestName } from './method-safety';
import { restPost, uploadPost } from './outgoing';
import type { OutgoingPost } from './outgoing';
import type { PortalAddress } from './portal-address';
import type { PortalExchange } from './portal-exchange';
import type { RecordFile, UploadTarget } from './record-file';
import { redact, redactText } from './redact';
import { transportFailure } from './transport-failure';

export interface PortalClientOptions {
  readonly fetch?: typeof fetch;
  /** Name and version of the product; an empty or technical agent can break file downloads. */
  readonly userAgent: string;
  /** Default for every request, ms; covers the answer's body, too. */
  readonly timeoutMs: number;
  /** Called once per request when its end is known. What it throws is ignored: a broken ledger changes no call. */
  readonly onExchange?: (exchange: PortalExchange) => void;
  /** Epoch ms; default is the system clock. */
  readonly now?: () => number;
}

export interface CallOptions {
  readonly timeoutMs?: number;
}

interface Plan<M extends RequestName, T> {
  readonly portal: PortalAddress;
  readonly method: M;
  readonly params: object;
  readonly timeoutMs?: number;
  /** May refuse by throwing PortalError. */
  readonly prepare: () => OutgoingPost;
  readonly read: (context: AnswerContext<M>, reply: HttpReply, body: unknown) => T;
}

/**
 * Speaks the REST protocol of Bitrix24: one call is one HTTP request. It never retries, waits, limits or refreshes:
 * that needs to know about other processes, and its callers do. Every failure is a PortalError with a verdict.
 */
export class PortalClient {
  readonly #options: PortalClientOptions;
  readonly #fetch: typeof fetch;
  readonly #now: () => number;

  constructor(options: PortalClientOptions) {
    this.#options = options;
    this.#fetch = options.fetch ?? fetch;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Runs a REST method. Parameters that break the contract are refused (`invalid-params`) and not sent.
   *
   * @throws PortalError
   */
  async call<M extends MethodName>(
    portal: PortalAddress,
    method: M,
    params: ParamsOf<M>,
    options: CallOptions = {},
  ): Promise<PortalAnswer<ResultOf<M>>> {
    const prepare = () => restPost(portal, method, params);
    return this.#exchange({ portal, method, params, ...options, prepare, read: readAnswer });
  }

  /**
   * Second step of an upload: posts a recording to the address that attachRecord gave, without loading it into memory.
   * Harmless to repeat, but the address is short-lived: repeat from attachRecord on. `fileId` may be missing: the
   * answer of this request is not documented.
   *
   * @throws PortalError; `bad-address` if the address is not on the portal's own host
   */
  async uploadRecord(
    portal: PortalAddress,
    target: UploadTarget,
    file: RecordFile,
    options: CallOptions = {},
  ): Promise<{ readonly fileId?: number }> {
    const params = { fieldName: target.fieldName, fileName: file.fileName, bytes: file.content.size };
    const prepare = () => uploadPost(portal, target, file);
    const read = (_context: unknown, _reply: unknown, body: unknown) => ({
      fileId: uploadResult.parse(resultIn(body)).FILE_ID,
    });
    return this.#exchange({ portal, method: UPLOAD, params, ...options, prepare, read });
  }

  async #exchange<M extends RequestName, T>(plan: Plan<M, T>): Promise<T> {
    const { method, params } = plan;
    const { accessToken: token, endpoint } = plan.portal;
    const startedAt = this.#now();
    const seen: { httpStatus?: number; answer?: unknown; error?: PortalExchange['error'] } = {};
    try {
      const reply = await this.#send(plan);
      const body = parseJson(reply.text);
      seen.httpStatus = reply.status;
      seen.answer = body === undefined ? snippet(redactText(reply.text, token)) : redact(body, token);
      const context = { method, token, now: this.#now() };
      const refusal = refusalIn(context, reply, body);
      if (refusal) throw refusal;
      return plan.read(context, reply, body);
    } catch (error) {
      if (error instanceof PortalError) seen.error = verdictOf(error);
      throw error;
    } finally {
      const durationMs = this.#now() - startedAt;
      this.#observe({
        portal: hostOf(endpoint),
        method,
        params: redact(params, token),
        ...seen,
        startedAt,
        durationMs,
      });
    }
  }

  async #send<M extends RequestName, T>(plan: Plan<M, T>): Promise<HttpReply> {
    const { method, prepare, timeoutMs = this.#options.timeoutMs } = plan;
    const { url, headers, ...init } = prepare();
    const agent = { accept: 'application/json', 'user-agent': this.#options.userAgent };
    try {
      return await post(this.#fetch, url, { ...init, headers: { ...agent, ...headers } }, timeoutMs);
    } catch (thrown) {
      const { verdict, ...facts } = transportFailure(thrown);
      // Without `cause`: what undici attaches is its own business and could one day hold the request.
      throw new PortalError({ method, ...facts, verdict: settle(verdict, method) });
    }
  }

  #observe(exchange: PortalExchange): void {
    try {
      this.#options.onExchange?.(exchange);
    } catch {
      // see PortalClientOptions.onExchange
    }
  }
}

function verdictOf({ kind, verdict, code, description, until }: PortalError): PortalExchange['error'] {
  return { kind, verdict, code, description, until };
}

function resultIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'result' in body ? body.result : undefined;
}

function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : '[bad address]';
}
