import type { BatchableMethod } from '@app/bitrix24';
import type { ParamsOf } from '@app/bitrix24/contract';
import type { PortalStep } from '@app/calls';
import { recordFileOf } from '../recordings/record-file';
import type { ReadyFile, ReadyStep } from './ready-step';
import { ATTACH_RECORD, wayOf } from './step-request';

/** One command: a request of its own, or a part of a batch. */
export interface Command {
  /** Its name within a batch: a word and no number. */
  readonly key: string;
  readonly method: BatchableMethod;
  readonly params: ParamsOf<BatchableMethod>;
  /** Whose: its place among the steps that are sent together. */
  readonly place: number;
  /** What it is for, for the ledger. */
  readonly step: PortalStep['kind'];
}

/** The commands of a step: what it says, and for a recording to be uploaded the question where to. */
export async function commandsOf({ found, file }: ReadyStep, place: number): Promise<Command[]> {
  const { step, synced } = found;
  const asked = file && (await attachCommand(file, place));
  if (step.kind === 'attach-record') return asked ? [asked] : [];
  const { method, params } = wayOf(step);
  const own = { key: stepKey(place), method, params: params(step), place, step: step.kind };
  return asked && synced.portalCall.portalCallId !== undefined ? [own, asked] : [own];
}

/** The key of a step's own command. */
export const stepKey = (place: number): string => `step_${place}`;
/** The key of the question where to upload its recording. */
export const recordKey = (place: number): string => `record_${place}`;

async function attachCommand({ step, found, fileName, asText }: ReadyFile, place: number): Promise<Command> {
  const params = { CALL_ID: step.portalCallId, FILENAME: fileName };
  const content = asText && {
    FILE_CONTENT: Buffer.from(await (await recordFileOf(found, fileName)).content.arrayBuffer()).toString(
      'base64',
    ),
  };
  return {
    key: recordKey(place),
    method: ATTACH_RECORD,
    params: { ...params, ...content },
    place,
    step: step.kind,
  };
}
