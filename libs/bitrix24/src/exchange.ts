import { parseJson, refusalIn, snippet } from './answer';
import type { AnswerContext } from './answer';
import type { ClientOptions } from './client-options';
import { PortalError } from './errors';
import type { HttpReply } from './http-reply';
import type { RequestName } from './method-safety';
import type { OutgoingRequest } from './outgoing';
import type { PortalExchange } from './portal-exchange';
import { redact, redactText } from './redact';
import type { Secret } from './secret';
import { send } from './send';
import type { Sendable } from './send';

/** One request from its first check to its typed answer. */
export interface Plan<M extends RequestName, T> {
  readonly method: M;
  /** Default: the method itself. */
  readonly judgedAs?: RequestName;
  /** Who is asked, for the ledger: an address on his host. */
  readonly address: string;
  /** For the ledger. */
  readonly params: unknown;
  readonly secrets: readonly Secret[];
  readonly timeoutMs?: number;
  readonly below?: Sendable['below'];
  /** May refuse by throwing PortalError. */
  readonly prepare: () => OutgoingRequest;
  /** What a success says; may refuse by throwing PortalError. */
  readonly read: (context: AnswerContext<M>, reply: HttpReply, body: unknown) => T;
}

/**
 * Runs a plan: one request, one line in the ledger, and either an answer or a PortalError.
 *
 * @throws PortalError
 */
export async function exchange<M extends RequestName, T>(
  options: ClientOptions,
  plan: Plan<M, T>,
): Promise<T> {
  const { now = Date.now } = options;
  const startedAt = now();
  const seen: Seen = {};
  try {
    return await ask(options, plan, seen);
  } catch (error) {
    if (error instanceof PortalError) seen.error = shownError(error);
    throw error;
  } finally {
    observe(options, {
      portal: hostOf(plan.address),
      method: plan.method,
      params: redact(plan.params, plan.secrets),
      ...seen,
      startedAt,
      durationMs: now() - startedAt,
    });
  }
}

/** What the ledger learns on the way. */
type Seen = { -readonly [K in 'httpStatus' | 'answer' | 'movedTo' | 'error']?: PortalExchange[K] };

async function ask<M extends RequestName, T>(
  options: ClientOptions,
  plan: Plan<M, T>,
  seen: Seen,
): Promise<T> {
  const { method, judgedAs = method, secrets, below, timeoutMs } = plan;
  const { reply, movedTo } = await send(options, plan.prepare(), { method, judgedAs, below, timeoutMs });
  const body = parseJson(reply.text);
  if (movedTo !== undefined) seen.movedTo = movedTo;
  seen.httpStatus = reply.status;
  seen.answer = body === undefined ? snippet(redactText(reply.text, secrets)) : redact(body, secrets);
  const { now = Date.now } = options;
  const context = { method, judgedAs, secrets, now: now(), movedTo };
  const refusal = refusalIn(context, reply, body);
  if (refusal) throw refusal;
  return plan.read(context, reply, body);
}

function observe({ onExchange }: ClientOptions, line: PortalExchange): void {
  try {
    onExchange?.(line);
  } catch {
    // see ClientOptions.onExchange
  }
}

/** An error as the ledger keeps it. */
export function shownError({
  kind,
  verdict,
  code,
  description,
  until,
}: PortalError): PortalExchange['error'] {
  return { kind, verdict, code, description, until };
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : '[bad address]';
}
