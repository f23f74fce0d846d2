import { beginStep, endStep, nextStep, type PortalStep, type StepAnswer } from '@app/calls';
import type { FoundStep } from '../compare';
import type { FoundRecording, StepClass, SyncDeps } from '../ports';
import { RecordingsUnavailable } from '../recordings/errors';
import { recordName } from '../recordings/record-file';
import { stepClassOf } from './step-class';

export type AttachStep = Extract<PortalStep, { kind: 'attach-record' }>;

/** A recording, found and fit to be sent. */
export interface ReadyFile {
  readonly step: AttachStep;
  readonly found: Extract<FoundRecording, { kind: 'file' }>;
  readonly fileName: string;
  /** Sent within the request, as text; else uploaded to an address that the portal gives. */
  readonly asText: boolean;
}

/** A step with all that it takes to send it. */
export interface ReadyStep {
  readonly found: FoundStep;
  readonly stepClass: StepClass;
  /** The file of attach-record; of a finish the recording whose address is asked for in the same request. */
  readonly file?: ReadyFile;
}

/** A step is either ready to be sent, or its answer is known without asking the portal. */
export type PreparedStep =
  | { readonly kind: 'send'; readonly ready: ReadyStep }
  | { readonly kind: 'answer'; readonly answer: StepAnswer }
  /** What it needs cannot be reached now. */
  | { readonly kind: 'away'; readonly error: Error };

/** Base64 needs the file in memory three times over; larger ones are uploaded in two steps whatever the setting says. */
const MOST_BASE64_BYTES = 64 * 1024 * 1024;

/** Sees to all that a step needs before the portal is asked: for attach-record the file. */
export async function prepareStep(deps: SyncDeps, found: FoundStep): Promise<PreparedStep> {
  const { step, synced } = found;
  const stepClass = stepClassOf(step, synced.call, deps.now());
  if (step.kind !== 'attach-record') {
    return { kind: 'send', ready: { found, stepClass, file: await fileAfter(deps, found) } };
  }
  const file = await findFile(deps, found, step);
  if (file instanceof RecordingsUnavailable) return { kind: 'away', error: file };
  return 'reason' in file
    ? { kind: 'answer', answer: { kind: 'no-recording', reason: file.reason } }
    : { kind: 'send', ready: { found, stepClass, file } };
}

/** How many uploads follow the request of a step, as far as can be told without looking for the file. */
export function uploadsAhead({ step, synced }: FoundStep): 0 | 1 {
  return step.kind === 'attach-record' && synced.portal.recordingUpload === 'two-step' ? 1 : 0;
}

/** How many uploads follow the request of a step. */
export function uploadsOf({ file }: ReadyStep): 0 | 1 {
  return file && !file.asText ? 1 : 0;
}

/** A recording that is complete when the call is finished is attached right after: the address for it comes along. */
async function fileAfter(deps: SyncDeps, found: FoundStep): Promise<ReadyFile | undefined> {
  const step = recordingAfter(found, deps.now());
  const file = step && (await findFile(deps, found, step));
  return file === undefined || file instanceof RecordingsUnavailable || 'reason' in file || file.asText
    ? undefined
    : file;
}

function recordingAfter({ step, desired, synced }: FoundStep, now: number): AttachStep | undefined {
  if (step.kind !== 'finish') return undefined;
  const finished = endStep(beginStep(synced.portalCall, step, now), step, { kind: 'done' });
  const next = nextStep(desired, finished, now);
  return next?.kind === 'attach-record' ? next : undefined;
}

type NoFile = { readonly reason: Extract<StepAnswer, { kind: 'no-recording' }>['reason'] };

async function findFile(
  { recordings }: SyncDeps,
  { synced: { call, portal } }: FoundStep,
  step: AttachStep,
): Promise<ReadyFile | NoFile | RecordingsUnavailable> {
  const fileName = recordName(call.callId, step.path);
  if (fileName === undefined) return { reason: 'refused' };
  try {
    const found = await recordings.open(call.switchId, step.path);
    if (found.kind !== 'file') return { reason: found.kind };
    const asText = portal.recordingUpload === 'base64' && found.bytes <= MOST_BASE64_BYTES;
    return { step, found, fileName, asText };
  } catch (error) {
    if (error instanceof RecordingsUnavailable) return error;
    throw error;
  }
}
