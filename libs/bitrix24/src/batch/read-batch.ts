import { describeIssues, snippet } from '../answer';
import type { AnswerContext } from '../answer';
import { contract, errorEnvelope, timeBlock } from '../contract';
import type { ErrorEnvelope, ResultOf, TimeBlock } from '../contract';
import { phpId } from '../contract/lenient';
import { PortalError } from '../errors';
import { judge } from '../judge';
import { redactText } from '../redact';
import type { BatchableMethod, BatchAnswer, CommandOutcome } from './batch-types';
import type { PlannedBatch, PlannedCommand } from './plan-batch';

type Results = ResultOf<'batch'>;
type Outcome = CommandOutcome<BatchableMethod>;

/** A refusal that is not in the portal's form. */
const NO_WORDS: ErrorEnvelope = { error: '' };

/**
 * The outcome of each command. One that refers to a command that failed has run with the text of the reference instead
 * of a value: whatever it answered, it counts as not executed.
 */
export function readBatch<Methods extends Readonly<Record<string, BatchableMethod>>>(
  context: AnswerContext<'batch'>,
  batch: PlannedBatch,
  results: Results,
): BatchAnswer<Methods>['outcomes'] {
  const failed = new Set<string>();
  const outcomes = batch.commands.map((command): [string, Outcome] => {
    const outcome = outcomeOf(context, command, { results, failed, halts: batch.params.halt === true });
    // what only we cannot read has run, and who refers to it has its value
    if (!outcome.ok && outcome.error.kind !== 'unreadable-answer') failed.add(command.key);
    return [command.key, outcome];
  });
  // The compiler cannot follow that each key keeps the method it came with.
  return Object.fromEntries(outcomes) as BatchAnswer<Methods>['outcomes'];
}

interface Progress {
  readonly results: Results;
  /** Keys of the commands so far that have no result. */
  readonly failed: ReadonlySet<string>;
  readonly halts: boolean;
}

function outcomeOf(
  context: AnswerContext<'batch'>,
  command: PlannedCommand,
  { results, failed, halts }: Progress,
): Outcome {
  const { key, method, needs } = command;
  const needed = needs.find((other) => failed.has(other));
  if (needed !== undefined) return notExecuted(method, `it needs the result of ${needed}`);
  if (Object.hasOwn(results.result_error, key)) return refused(context, command, results);
  if (Object.hasOwn(results.result, key)) return answered(context, command, results);
  if (halts && failed.size > 0) return notExecuted(method, 'the batch stopped at an earlier failure');
  return unreadable(context, method, 'the batch says nothing of it');
}

function answered(
  context: AnswerContext<'batch'>,
  { key, method }: PlannedCommand,
  results: Results,
): Outcome {
  const parsed = contract[method].result.safeParse(results.result[key]);
  if (!parsed.success) return unreadable(context, method, describeIssues(parsed.error.issues));
  const total = phpId.safeParse(results.result_total?.[key]).data;
  const next = phpId.safeParse(results.result_next?.[key]).data;
  return { ok: true, answer: { result: parsed.data, total, next, time: timeOf(key, results) } };
}

/** The HTTP status of a command does not travel: 400 is one that decides nothing by itself. */
function refused(
  { secrets, now }: AnswerContext,
  { key, method }: PlannedCommand,
  results: Results,
): Outcome {
  const given = errorEnvelope.safeParse(results.result_error[key]).data ?? NO_WORDS;
  const judgement = judge(400, { time: timeOf(key, results), ...given }, method, now);
  const description = snippet(redactText(given.error_description ?? '', secrets));
  return failure({ method, ...judgement, code: given.error, description });
}

function timeOf(key: string, { result_time: times }: Results): TimeBlock | undefined {
  return timeBlock.safeParse(times?.[key]).data;
}

function unreadable({ now }: AnswerContext, method: BatchableMethod, description: string): Outcome {
  return failure({ method, ...judge(200, undefined, method, now), code: '', description });
}

function notExecuted(method: BatchableMethod, description: string): Outcome {
  return failure({ method, kind: 'not-executed', verdict: 'retry', code: '', description });
}

function failure(facts: ConstructorParameters<typeof PortalError>[0]): Outcome {
  return { ok: false, error: new PortalError(facts) };
}
