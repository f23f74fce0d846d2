import type { DocumentedRefusal } from '@app/bitrix24/contract';

/** A request as the fake portal is handed it, as far as it matters here. */
interface Asked {
  readonly path: string;
  readonly body?: string | Uint8Array;
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Does what is asked, instead of refusing it. */
type Handle<Request extends Asked> = (request: Request) => Promise<Reply>;

interface BatchBody {
  readonly cmd: Readonly<Record<string, string>>;
  readonly halt?: boolean;
}

/** What a portal may say to a request instead of doing it: a documented refusal, or any other answer. */
export type Instead = DocumentedRefusal | Reply;

/** For once has a portal say what a test wants to hear, to a request of its own or to a command of a batch. */
export class Refusals {
  #next: { readonly method: string; readonly instead: Instead; times: number } | undefined;

  /** To the next requests of a method. */
  says(method: string, instead: Instead, times = 1): void {
    this.#next = { method, instead, times };
  }

  /** Whether it has been asked often enough. */
  get hasSaid(): boolean {
    return this.#next?.times === 0;
  }

  /** Answers a request, by `handle` unless it is the one that was waited for. */
  async answer<Request extends Asked>(request: Request, handle: Handle<Request>): Promise<Reply> {
    const asked = request.path.split(/[/?]/).find((part) => part.includes('.') || part === 'batch');
    if (asked?.replace('.json', '') === this.#next?.method) {
      const instead = this.#take();
      return instead ? replyOf(instead) : handle(request);
    }
    return asked === 'batch' ? this.#batch(request, handle) : handle(request);
  }

  async #batch<Request extends Asked>(request: Request, handle: Handle<Request>): Promise<Reply> {
    const body = JSON.parse(Buffer.from(request.body ?? '').toString()) as BatchBody;
    const entries = Object.entries(body.cmd);
    const index = entries.findIndex(([, command]) => command.startsWith(`${this.#next?.method ?? ''}?`));
    const instead = index < 0 ? undefined : this.#take();
    if (!instead || !('code' in instead)) return handle(request);
    const left = entries.filter((_entry, place) => (body.halt ? place < index : place !== index));
    const cmd = Object.fromEntries(left);
    const reply = await handle({ ...request, body: JSON.stringify({ ...body, cmd }) });
    const answer = JSON.parse(reply.body) as { result: { result_error: object } };
    const { code: error, description: error_description } = instead;
    const refused = { [entries[index]?.[0] ?? '']: { error, error_description } };
    answer.result.result_error = { ...answer.result.result_error, ...refused };
    return { ...reply, body: JSON.stringify(answer) };
  }

  #take(): Instead | undefined {
    if (!this.#next || this.#next.times === 0) return undefined;
    this.#next.times -= 1;
    return this.#next.instead;
  }
}

function replyOf(instead: Instead): Reply {
  if (!('code' in instead)) return instead;
  const { httpStatus: status, code: error, description: error_description } = instead;
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify({ error, error_description }) };
}
