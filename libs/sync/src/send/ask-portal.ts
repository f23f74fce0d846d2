import { randomUUID } from 'node:crypto';
import {
  commandError,
  commandExchange,
  PortalError,
  type PortalAddress,
  type PortalExchange,
} from '@app/bitrix24';
import type { TimeBlock } from '@app/bitrix24/contract';
import type { PortalRequests, PortalSettings, SyncDeps } from '../ports';
import type { Command } from './commands';
import { FreshToken } from './fresh-token';

/** What came of one command. */
export interface Reply {
  readonly command: Command;
  readonly outcome: Outcome;
  readonly time?: TimeBlock;
  /** Its requests, as if it had been sent alone: more than one if the token had to be renewed. */
  readonly exchanges: readonly PortalExchange[];
}

export type Outcome =
  { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: PortalError };

/** What the portal said to some commands. */
export interface Asked {
  /** In the order of the commands. */
  readonly replies: readonly Reply[];
  /** Shared by the commands of a batch. */
  readonly batchId?: string;
  /** Why the request failed as a whole. */
  readonly failed?: PortalError;
  /** As it is known by now: the token may have been renewed, the address may be a new one. */
  readonly portal: PortalAddress;
  /** The portal was renamed, and this REST root has answered. */
  readonly movedTo?: string;
}

type Answer = Omit<Reply, 'exchanges'>;

/**
 * Sends commands in one request: one alone as it is, several as a batch. A token that has expired is renewed, once, and
 * the same words are sent again.
 *
 * @param how `halt`: each command needs those before it; else each stands for itself
 *
 * @throws only what is no answer of the portal
 */
export async function askPortal(
  deps: SyncDeps,
  settings: PortalSettings,
  commands: readonly Command[],
  how: { readonly timeoutMs: number; readonly halt: boolean },
): Promise<Asked> {
  const exchanges: PortalExchange[] = [];
  const requests = deps.openPortal((exchange) => exchanges.push(exchange));
  const fresh = new FreshToken(deps, settings);
  const { answers, failed } = await fresh
    .send((portal) => answersOf(requests, portal, commands, how))
    .then(
      (given) => ({ answers: given, failed: undefined }),
      (error: unknown) => failedAsAWhole(error, commands),
    );
  const isBatch = commands.length > 1;
  const movedTo = exchanges.findLast((exchange) => exchange.movedTo !== undefined)?.movedTo;
  return {
    replies: answers.map((answer) => ({
      ...answer,
      exchanges: isBatch ? exchangesOf(answer, exchanges) : exchanges,
    })),
    batchId: isBatch ? randomUUID() : undefined,
    failed,
    portal: movedTo === undefined ? fresh.portal : { ...fresh.portal, endpoint: movedTo },
    movedTo,
  };
}

async function answersOf(
  requests: PortalRequests,
  portal: PortalAddress,
  commands: readonly Command[],
  { timeoutMs, halt }: { readonly timeoutMs: number; readonly halt: boolean },
): Promise<readonly Answer[]> {
  const [command, ...others] = commands;
  if (command && others.length === 0) {
    const { method, params } = command;
    const { result, time } = await requests.call(portal, method, params, { timeoutMs });
    return [{ command, outcome: { ok: true, result }, time }];
  }
  const byKey = Object.fromEntries(commands.map(({ key, method, params }) => [key, { method, params }]));
  const { outcomes } = await requests.batch(portal, byKey, { timeoutMs, halt });
  return commands.flatMap((each): Answer[] => {
    const outcome = outcomes[each.key];
    if (!outcome) return [];
    return outcome.ok
      ? [{ command: each, outcome: { ok: true, result: outcome.answer.result }, time: outcome.answer.time }]
      : [{ command: each, outcome }];
  });
}

/** Anything but the portal's own errors is left to the caller. */
function failedAsAWhole(
  error: unknown,
  commands: readonly Command[],
): { answers: readonly Answer[]; failed: PortalError } {
  if (!(error instanceof PortalError)) throw error;
  const answers = commands.map((command) => ({
    command,
    // What the OAuth server said is about no command: it is told as it is.
    outcome: {
      ok: false as const,
      error: error.method === 'oauth.token' ? error : commandError(error, command.method),
    },
  }));
  return { answers, failed: error };
}

function exchangesOf(
  { command, outcome }: Answer,
  exchanges: readonly PortalExchange[],
): readonly PortalExchange[] {
  const { key, method, params } = command;
  return exchanges.map((exchange, index) => {
    const isLast = index === exchanges.length - 1;
    const error = isLast && !outcome.ok ? outcome.error : undefined;
    return commandExchange(exchange, { key, method, params, error });
  });
}
