import type { Call, PortalStep, StepAnswer } from '@app/calls';
import { performStep, type StepMeans } from './perform-step';
import type { FoundRecording, PortalSettings, SyncDeps } from './ports';
import { attachRecording } from './recordings/attach-recording';
import { RecordingsUnavailable } from './recordings/errors';
import { recordFileOf, recordName } from './recordings/record-file';

/** A step is either ready to be sent, or its answer is known without asking the portal. */
export type PreparedStep =
  | { readonly kind: 'send'; readonly send: (means: StepMeans) => Promise<StepAnswer> }
  | { readonly kind: 'answer'; readonly answer: StepAnswer }
  /** What it needs cannot be reached now. */
  | { readonly kind: 'away'; readonly error: Error };

type AttachStep = Extract<PortalStep, { kind: 'attach-record' }>;

/** Sees to all that a step needs before the portal is asked: for attach-record the file. */
export async function prepareStep(
  deps: SyncDeps,
  { call, portal }: { readonly call: Call; readonly portal: PortalSettings },
  step: PortalStep,
): Promise<PreparedStep> {
  if (step.kind !== 'attach-record') return { kind: 'send', send: (means) => performStep(step, means) };
  const fileName = recordName(call.callId, step.path);
  if (fileName === undefined) return { kind: 'answer', answer: { kind: 'no-recording', reason: 'refused' } };
  const found = await findRecording(deps, call, step);
  if (found instanceof RecordingsUnavailable) return { kind: 'away', error: found };
  if (found.kind !== 'file') return { kind: 'answer', answer: { kind: 'no-recording', reason: found.kind } };
  return { kind: 'send', send: (means) => attach(deps, portal, { step, found, fileName }, means) };
}

async function findRecording(
  { recordings }: SyncDeps,
  { switchId }: Call,
  { path }: AttachStep,
): Promise<FoundRecording | RecordingsUnavailable> {
  try {
    return await recordings.open(switchId, path);
  } catch (error) {
    if (error instanceof RecordingsUnavailable) return error;
    throw error;
  }
}

interface ReadyFile {
  readonly step: AttachStep;
  readonly found: Extract<FoundRecording, { kind: 'file' }>;
  readonly fileName: string;
}

async function attach(
  deps: SyncDeps,
  { portalId, recordingUpload }: PortalSettings,
  { step, found, fileName }: ReadyFile,
  means: StepMeans,
): Promise<StepAnswer> {
  const file = await recordFileOf(found, fileName);
  // The address for the upload dies soon, so the upload does not wait for a turn of its own: it is counted as the
  // class that is granted first, and what follows gives way.
  const countRequest = () => deps.rate.reserve(portalId, deps.egress, 'live-card', deps.now());
  await attachRecording({ portalCallId: step.portalCallId, file, way: recordingUpload, countRequest }, means);
  return { kind: 'done' };
}
