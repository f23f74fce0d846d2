import { PortalError, type UploadTarget } from '@app/bitrix24';
import type { ResultOf } from '@app/bitrix24/contract';
import type { StepAnswer } from '@app/calls';
import type { Reply } from './ask-portal';
import { recordKey, stepKey } from './commands';
import type { ReadyStep } from './ready-step';
import { ATTACH_RECORD, wayOf } from './step-request';
import { consequenceOf, type AfterError } from './verdicts';

/** What the replies mean for one step. */
export type Reading =
  | { readonly kind: 'ended'; readonly answer: StepAnswer; readonly then: AfterError }
  /** The step is not over: its file has to be uploaded. */
  | { readonly kind: 'upload'; readonly address: UploadTarget };

/** `fieldName` in the example of the attachRecord page, should the answer lack it. */
const USUAL_FIELD = 'file';

/**
 * Reads what came of a step.
 *
 * @param place of the step among those that were sent together
 * @param now epoch ms
 */
export function readReply(ready: ReadyStep, place: number, replies: readonly Reply[], now: number): Reading {
  const { step } = ready.found;
  const key = step.kind === 'attach-record' ? recordKey(place) : stepKey(place);
  const outcome = replies.find(({ command }) => command.key === key)?.outcome;
  if (!outcome) throw new Error(`nothing was asked for ${step.kind}`);
  if (!outcome.ok) return refused(outcome.error, ready, now);
  if (step.kind !== 'attach-record') {
    // The compiler cannot follow that the result is that of the method of this very step.
    const answer = wayOf(step).answer(step, outcome.result as never);
    return { kind: 'ended', answer, then: { kind: 'go-on' } };
  }
  if (ready.file?.asText) return { kind: 'ended', answer: { kind: 'done' }, then: { kind: 'go-on' } };
  const address = addressIn(outcome.result as ResultOf<typeof ATTACH_RECORD>);
  return address ? { kind: 'upload', address } : refused(noAddress(), ready, now);
}

/** Where to upload the recording of a step, if the portal told. */
export function addressFor(place: number, replies: readonly Reply[]): UploadTarget | undefined {
  const outcome = replies.find(({ command }) => command.key === recordKey(place))?.outcome;
  return outcome?.ok ? addressIn(outcome.result as ResultOf<typeof ATTACH_RECORD>) : undefined;
}

/** What an error means for a step. */
export function refused(
  error: PortalError,
  { found: { step, synced } }: ReadyStep,
  now: number,
): Extract<Reading, { kind: 'ended' }> {
  const callStartedAt = synced.call.started.at;
  return { kind: 'ended', ...consequenceOf(error, step, { callStartedAt, now }) };
}

function addressIn({ uploadUrl, fieldName }: ResultOf<typeof ATTACH_RECORD>): UploadTarget | undefined {
  return uploadUrl === null ? undefined : { uploadUrl, fieldName: fieldName ?? USUAL_FIELD };
}

function noAddress(): PortalError {
  return new PortalError({
    method: ATTACH_RECORD,
    kind: 'unreadable-answer',
    verdict: 'retry',
    code: '',
    description: 'the answer holds no address to upload to',
  });
}
