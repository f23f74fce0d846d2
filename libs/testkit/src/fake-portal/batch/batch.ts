import { decodePhpForm } from '../http/php-form';
import type { RawParams } from '../http/wire';
import { catalogue } from '../rest/catalogue';
import type { CommandOutcome, MethodCall, MethodHandler } from '../rest/method-call';
import { paramsBy } from '../rest/method-call';
import { resolveReferences } from './references';

const MAX_COMMANDS = 50;
const { tooLong } = catalogue.batch.refusals;

/** Answers of the commands so far, each under its key. */
interface Answers {
  readonly result: Map<string, unknown>;
  readonly errors: Map<string, unknown>;
  readonly totals: Map<string, unknown>;
  readonly nexts: Map<string, unknown>;
  readonly times: Map<string, unknown>;
}

/**
 * batch: up to 50 commands, one after the other, each with the results of those before it. Always HTTP 200, even if
 * every command failed; with halt=1 the first failure is the last command.
 */
export const batch: MethodHandler<'batch'> = async (_state, call) => {
  const { cmd, halt } = paramsBy('batch', call.params);
  const answers: Answers = {
    result: new Map(),
    errors: new Map(),
    totals: new Map(),
    nexts: new Map(),
    times: new Map(),
  };
  for (const [index, [key, command]] of Object.entries(cmd).entries()) {
    const outcome = index < MAX_COMMANDS ? await run(call, key, command, answers.result) : beyond();
    note(answers, key, outcome);
    if (!outcome.ok && halt === true) break;
  }
  return {
    result: {
      result: phpMap(answers.result),
      result_error: phpMap(answers.errors),
      result_total: phpMap(answers.totals),
      result_next: phpMap(answers.nexts),
      result_time: phpMap(answers.times),
    },
  };
};

/** `method?query`: what follows the question mark is a query string, however the batch itself travelled. */
function run(
  call: MethodCall,
  key: string,
  command: string,
  results: ReadonlyMap<string, unknown>,
): Promise<CommandOutcome> {
  const at = command.indexOf('?');
  const method = at === -1 ? command : command.slice(0, at);
  const query = decodePhpForm(new URLSearchParams(at === -1 ? '' : command.slice(at + 1)));
  return call.runCommand(key, method.trim(), resolveReferences(query, results) as RawParams);
}

function beyond(): CommandOutcome {
  return { ok: false, error: { error: tooLong.code, error_description: tooLong.description } };
}

function note(answers: Answers, key: string, outcome: CommandOutcome): void {
  if (!outcome.ok) {
    answers.errors.set(key, outcome.error);
    return;
  }
  const { result, total, next } = outcome.answer;
  answers.result.set(key, result);
  answers.times.set(key, outcome.time);
  if (total !== undefined) answers.totals.set(key, total);
  if (next !== undefined) answers.nexts.set(key, next);
}

/** A map as PHP writes it: empty, or with the keys 0, 1, 2 and so on, it is a list. */
function phpMap(map: ReadonlyMap<string, unknown>): Record<string, unknown> | unknown[] {
  const isList = [...map.keys()].every((key, index) => key === String(index));
  return isList ? [...map.values()] : Object.fromEntries(map);
}
