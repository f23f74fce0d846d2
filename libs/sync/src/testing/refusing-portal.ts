import type { DocumentedRefusal } from '@app/bitrix24/contract';
import { FakePortal, type PortalReply, type PortalRequest } from '@app/testkit';

interface BatchBody {
  readonly cmd: Readonly<Record<string, string>>;
  readonly halt?: boolean;
}

/** What a portal may say to a request instead of doing it: a documented refusal, or any other answer. */
export type Instead = DocumentedRefusal | PortalReply;

/** A portal that for once says what a test wants to hear, to a request of its own or to a command of a batch. */
export class RefusingPortal extends FakePortal {
  #next: { readonly method: string; readonly instead: Instead; times: number } | undefined;

  /** To the next requests of a method. */
  says(method: string, instead: Instead, times = 1): void {
    this.#next = { method, instead, times };
  }

  /** Whether it has been asked often enough. */
  get hasSaid(): boolean {
    return this.#next?.times === 0;
  }

  override async handle(request: PortalRequest): Promise<PortalReply> {
    const asked = request.path.split(/[/?]/).find((part) => part.includes('.') || part === 'batch');
    if (asked?.replace('.json', '') === this.#next?.method) {
      const instead = this.#take();
      return instead ? replyOf(instead) : super.handle(request);
    }
    return asked === 'batch' ? this.#batch(request) : super.handle(request);
  }

  async #batch(request: PortalRequest): Promise<PortalReply> {
    const body = JSON.parse(Buffer.from(request.body ?? '').toString()) as BatchBody;
    const entries = Object.entries(body.cmd);
    const index = entries.findIndex(([, command]) => command.startsWith(`${this.#next?.method ?? ''}?`));
    const instead = index < 0 ? undefined : this.#take();
    if (!instead || !('code' in instead)) return super.handle(request);
    const left = entries.filter((_entry, place) => (body.halt ? place < index : place !== index));
    const cmd = Object.fromEntries(left);
    const reply = await super.handle({ ...request, body: JSON.stringify({ ...body, cmd }) });
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

function replyOf(instead: Instead): PortalReply {
  if (!('code' in instead)) return instead;
  const { httpStatus: status, code: error, description: error_description } = instead;
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify({ error, error_description }) };
}
