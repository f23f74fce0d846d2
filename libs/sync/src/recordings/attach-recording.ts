import { PortalError, type RecordFile } from '@app/bitrix24';
import type { PortalSettings } from '../ports';
import type { StepMeans } from '../perform-step';

/** Base64 needs the file in memory three times over; larger ones are uploaded in two steps whatever the setting says. */
const MOST_BASE64_BYTES = 64 * 1024 * 1024;

/** `fieldName` in the example of the attachRecord page, should the answer lack it. */
const USUAL_FIELD = 'file';

export interface Attachment {
  readonly portalCallId: string;
  readonly file: RecordFile;
  readonly way: PortalSettings['recordingUpload'];
  /** Called before a second request is sent, so that the portal's limit counts it too. */
  readonly countRequest: () => Promise<unknown>;
}

/** Gives a finished call its recording. Throws PortalError. */
export async function attachRecording(attachment: Attachment, means: StepMeans): Promise<void> {
  const { file, way } = attachment;
  const asText = way === 'base64' && file.content.size <= MOST_BASE64_BYTES;
  return asText ? attachInRequest(attachment, means) : attachInTwoSteps(attachment, means);
}

async function attachInRequest({ portalCallId, file }: Attachment, means: StepMeans): Promise<void> {
  const content = Buffer.from(await file.content.arrayBuffer()).toString('base64');
  const params = { CALL_ID: portalCallId, FILENAME: file.fileName, FILE_CONTENT: content };
  await means.requests.call(means.portal, 'telephony.externalCall.attachRecord', params, means);
}

/** The address holds a token that soon dies: it is used at once and never kept. A repetition begins with a new one. */
async function attachInTwoSteps(
  { portalCallId, file, countRequest }: Attachment,
  means: StepMeans,
): Promise<void> {
  const { requests, portal, timeoutMs } = means;
  const params = { CALL_ID: portalCallId, FILENAME: file.fileName };
  const { result } = await requests.call(portal, 'telephony.externalCall.attachRecord', params, {
    timeoutMs,
  });
  if (result.uploadUrl === null) throw noAddress();
  await countRequest();
  const target = { uploadUrl: result.uploadUrl, fieldName: result.fieldName ?? USUAL_FIELD };
  await requests.uploadRecord(portal, target, file, { timeoutMs });
}

function noAddress(): PortalError {
  return new PortalError({
    method: 'telephony.externalCall.attachRecord',
    kind: 'unreadable-answer',
    verdict: 'retry',
    code: '',
    description: 'the answer holds no address to upload to',
  });
}
