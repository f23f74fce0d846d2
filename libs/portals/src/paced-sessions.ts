import { setTimeout as pauseFor } from 'node:timers/promises';
import {
  PortalError,
  type BatchableMethod,
  type CommandOutcome,
  type PortalAddress,
  type PortalAnswer,
  type PortalClient,
} from '@app/bitrix24';
import { BATCH_LIMIT, type ParamsOf, type ResultOf } from '@app/bitrix24/contract';
import type { RateGovernor } from '@app/store';
import type { PortalSessions } from './portal-sessions';

/** Requests to one portal, each in its turn. */
export interface PortalRequests {
  /** Throws PortalError. */
  call<M extends BatchableMethod>(method: M, params: ParamsOf<M>): Promise<PortalAnswer<ResultOf<M>>>;
  /**
   * The same, but a refusal is an outcome: to say no to one request (no right, no such method) does not mean that the
   * portal as a whole is in trouble. Throws PortalError for what is no answer to the question.
   */
  tryCall<M extends BatchableMethod>(method: M, params: ParamsOf<M>): Promise<CommandOutcome<M>>;
  /** Many of a kind, in as few requests as possible; the outcomes in the same order. Throws PortalError. */
  tryAll<M extends BatchableMethod>(
    method: M,
    params: readonly ParamsOf<M>[],
  ): Promise<readonly CommandOutcome<M>[]>;
}

export interface PacedSessionsOptions {
  /** From where we send, as far as the portal's limit is concerned. */
  readonly egress: string;
  /** How long a request may wait for its turn before the work is put off; ms. Default 30 s. */
  readonly patienceMs?: number;
  /** Epoch ms. */
  readonly now?: () => number;
  readonly pause?: (ms: number) => Promise<unknown>;
}

type Requests = Pick<PortalClient, 'call' | 'batch'>;
type Rate = Pick<RateGovernor, 'reserve'>;

/**
 * Sessions whose requests give way to everything that concerns calls: each takes a place of the class `directory` first.
 * They wait for it here, because a set-up that began anew each time would never come to its end.
 */
export class PacedSessions {
  constructor(
    private readonly sessions: Pick<PortalSessions, 'with'>,
    private readonly client: Requests,
    private readonly rate: Rate,
    private readonly options: PacedSessionsOptions,
  ) {}

  /** See PortalSessions.with: the work may be done twice. Throws PortalError `wait-until` when there is no room. */
  async with<T>(portalId: string, work: (requests: PortalRequests) => Promise<T>): Promise<T> {
    const talkWith = async (portal: PortalAddress) => {
      const talk = new Talk({ portalId, portal }, this.client, this.rate, this.options);
      return { value: await work(talk), movedTo: talk.movedTo };
    };
    const { value } = await this.sessions.with(portalId, talkWith, 'own');
    return value;
  }
}

/** One session: where the portal is by now, and whose turn it is. */
class Talk implements PortalRequests {
  movedTo: string | undefined;

  constructor(
    private readonly at: { readonly portalId: string; readonly portal: PortalAddress },
    private readonly client: Requests,
    private readonly rate: Rate,
    private readonly options: PacedSessionsOptions,
  ) {}

  call<M extends BatchableMethod>(method: M, params: ParamsOf<M>): Promise<PortalAnswer<ResultOf<M>>> {
    return this.#ask(method, (portal) => this.client.call(portal, method, params));
  }

  async tryCall<M extends BatchableMethod>(method: M, params: ParamsOf<M>): Promise<CommandOutcome<M>> {
    try {
      return { ok: true, answer: await this.call(method, params) };
    } catch (error) {
      if (error instanceof PortalError && isAboutTheRequest(error)) return { ok: false, error };
      throw error;
    }
  }

  async tryAll<M extends BatchableMethod>(
    method: M,
    params: readonly ParamsOf<M>[],
  ): Promise<readonly CommandOutcome<M>[]> {
    const outcomes: CommandOutcome<M>[] = [];
    for (let done = 0; done < params.length; done += BATCH_LIMIT) {
      const part = params.slice(done, done + BATCH_LIMIT);
      const commands = Object.fromEntries(part.map((one, index) => [`c${index}`, { method, params: one }]));
      const { outcomes: answered } = await this.#ask(method, (portal) =>
        this.client.batch<Record<string, M>>(portal, commands),
      );
      outcomes.push(...part.map((_, index) => outcomeAt(answered[`c${index}`])));
    }
    return outcomes;
  }

  async #ask<T extends { readonly movedTo?: string }>(
    method: BatchableMethod,
    send: (portal: PortalAddress) => Promise<T>,
  ): Promise<T> {
    const { portalId, portal } = this.at;
    await this.#turn(portalId, method);
    const answer = await send({ ...portal, endpoint: this.movedTo ?? portal.endpoint });
    this.movedTo = answer.movedTo ?? this.movedTo;
    return answer;
  }

  async #turn(portalId: string, method: BatchableMethod): Promise<void> {
    const { egress, patienceMs = 30_000, pause = pauseFor } = this.options;
    const deadline = this.#now() + patienceMs;
    for (;;) {
      const now = this.#now();
      const place = await this.rate.reserve(portalId, egress, 'directory', now);
      if (place.granted) return;
      if (place.retryAt > deadline) throw noRoom(method, place.retryAt);
      await pause(Math.max(0, place.retryAt - now));
    }
  }

  #now(): number {
    return (this.options.now ?? Date.now)();
  }
}

/** Whether an error is said of this one request, and not of tokens, plan, limits or the way there. */
export function isAboutTheRequest({ verdict, kind }: PortalError): boolean {
  return (
    verdict === 'give-up' ||
    kind === 'access-denied' ||
    kind === 'method-not-found' ||
    kind === 'confirmation-needed'
  );
}

/** A command of a batch that could not be decided is as bad as a request of which that is true. */
function outcomeAt<M extends BatchableMethod>(outcome: CommandOutcome<M> | undefined): CommandOutcome<M> {
  if (outcome === undefined) throw new Error('a command of a batch has no outcome');
  if (!outcome.ok && !isAboutTheRequest(outcome.error)) throw outcome.error;
  return outcome;
}

function noRoom(method: BatchableMethod, until: number): PortalError {
  return new PortalError({
    method,
    kind: 'rate-limited',
    verdict: 'wait-until',
    until,
    code: '',
    description: 'calls use up what the portal takes at present',
  });
}
