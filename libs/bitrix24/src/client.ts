import { readAnswer, unreadable } from './answer';
import type { AnswerContext, PortalAnswer } from './answer';
import { planBatch } from './batch/plan-batch';
import { readBatch } from './batch/read-batch';
import type { BatchableMethod, BatchAnswer, BatchCommands } from './batch/batch-types';
import type { ClientOptions } from './client-options';
import { uploadResult } from './contract';
import type { ParamsOf, ResultOf } from './contract';
import { exchange } from './exchange';
import type { Plan } from './exchange';
import type { HttpReply } from './http-reply';
import { UPLOAD } from './method-safety';
import type { RequestName } from './method-safety';
import { restPost, uploadPost } from './outgoing';
import { methodUrl } from './portal-address';
import type { PortalAddress } from './portal-address';
import type { RecordFile, UploadTarget } from './record-file';

export interface CallOptions {
  readonly timeoutMs?: number;
}

/**
 * Speaks the REST protocol of Bitrix24: one call is one HTTP request, and a second one only if the portal says that it
 * has moved. It never retries, waits, limits or refreshes: that needs to know about other processes, and its callers
 * do. Every failure is a PortalError with a verdict.
 */
export class PortalClient {
  constructor(private readonly options: ClientOptions) {}

  /**
   * Runs a REST method. Parameters that break the contract are refused (`invalid-params`) and not sent.
   *
   * @throws PortalError
   */
  async call<M extends BatchableMethod>(
    portal: PortalAddress,
    method: M,
    params: ParamsOf<M>,
    options: CallOptions = {},
  ): Promise<PortalAnswer<ResultOf<M>>> {
    const prepare = () => restPost(portal, method, params);
    return this.#rest(portal, { method, params, ...options, prepare, read: readAnswer });
  }

  /**
   * Runs up to 50 commands in one request, in their order; each has its own outcome. A parameter may be a result of an
   * earlier command: `resultOf(key, field)`. With `halt` the first failure ends it; without, only commands that refer
   * to a failed one count as not executed.
   *
   * @throws PortalError if the batch as a whole failed, or was not sent because a command breaks the contract
   */
  async batch<Methods extends Readonly<Record<string, BatchableMethod>>>(
    portal: PortalAddress,
    commands: BatchCommands<Methods>,
    options: CallOptions & { readonly halt?: boolean } = {},
  ): Promise<BatchAnswer<Methods>> {
    const { halt = false, timeoutMs } = options;
    const batch = planBatch(commands, halt);
    return this.#rest(portal, {
      method: 'batch',
      judgedAs: batch.riskiest,
      params: { halt, commands: batch.shown },
      timeoutMs,
      prepare: () => restPost(portal, 'batch', batch.params),
      read: (context, reply, body) => {
        const { result, time, movedTo } = readAnswer(context, reply, body);
        return { outcomes: readBatch<Methods>(context, batch, result), time, movedTo };
      },
    });
  }

  /**
   * Second step of an upload: posts a recording to the address that attachRecord gave, without loading it into memory.
   * Harmless to repeat, but the address is short-lived: repeat from attachRecord on. If that answer came from a renamed
   * portal (`movedTo`), so does the address: give the portal with its new endpoint. `fileId` may be missing: the answer
   * of this request is not documented. A page is none: somebody in between has answered.
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
    const read = (context: AnswerContext, reply: HttpReply, body: unknown) => {
      if (PAGE.test(reply.text)) throw unreadable(context, reply, reply.text);
      return { fileId: uploadResult.parse(resultIn(body)).FILE_ID };
    };
    return this.#ask(portal, { method: UPLOAD, params, ...options, prepare, read });
  }

  /** A request that follows a renamed portal. */
  async #rest<M extends RequestName, T>(portal: PortalAddress, plan: PlanOf<M, T>): Promise<T> {
    const { endpoint } = portal;
    return this.#ask(portal, { ...plan, below: { endpoint, at: (root) => methodUrl(root, plan.method) } });
  }

  async #ask<M extends RequestName, T>(portal: PortalAddress, plan: PlanOf<M, T>): Promise<T> {
    const { endpoint: address, accessToken } = portal;
    return exchange(this.options, { ...plan, address, secrets: [accessToken] });
  }
}

/** HTML: a log-in page, or that of a firewall. */
const PAGE = /^\s*</;

type PlanOf<M extends RequestName, T> = Omit<Plan<M, T>, 'address' | 'secrets'>;

function resultIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'result' in body ? body.result : undefined;
}
