import type { PortalError } from '../errors';
import { shownError } from '../exchange';
import type { PortalExchange } from '../portal-exchange';
import { redact } from '../redact';

/** One command of a batch, for the ledger: as if it had been a request of its own. */
export interface ShownCommand {
  readonly key: string;
  readonly method: string;
  readonly params: unknown;
  /** What became of it, if it failed; of a batch that failed as a whole, what that means for it. */
  readonly error?: PortalError;
}

/** The exchange of one command out of that of its batch. Holds no token, as little as the batch's does. */
export function commandExchange(batch: PortalExchange, command: ShownCommand): PortalExchange {
  const { key, method, params, error } = command;
  return {
    ...batch,
    method,
    params: redact(params),
    answer: batch.error ? batch.answer : partOf(batch.answer, key),
    error: error ? shownError(error) : batch.error,
  };
}

/** What the answer of a batch says of one command, in the form that the answer of a request has. */
function partOf(answer: unknown, key: string): unknown {
  const parts = field(answer, 'result');
  const refused = field(field(parts, 'result_error'), key);
  if (refused !== undefined) return refused;
  const result = field(field(parts, 'result'), key);
  return result === undefined ? undefined : { result, time: field(field(parts, 'result_time'), key) };
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
