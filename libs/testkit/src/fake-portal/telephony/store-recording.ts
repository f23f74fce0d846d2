import { contract } from '@app/bitrix24/contract';
import type { PortalState } from '../portal-state';
import { Refusal } from '../rest/refusal';

/** CALL_RECORD_URL begins with it; on a portal only its users can go there. */
export const RECORDING_PATH = '/disk/downloadFile/';

const { refusals } = contract['telephony.externalCall.attachRecord'];

/** @throws Refusal if the name is empty or ends in something else than .wav or .mp3 */
export function checkFileName(fileName: string): void {
  if (fileName === '') throw new Refusal(refusals.emptyFileName);
  if (!/\.(wav|mp3)$/i.test(fileName)) throw new Refusal(refusals.wrongExtension);
}

/**
 * Gives a finished call its recording, in the statistics and at its CRM activity; a previous one is replaced. Answers
 * with the id of the file.
 */
export function storeRecording(
  state: PortalState,
  callId: string,
  fileName: string,
  bytes: Uint8Array,
): number {
  const fileId = state.ids.next('file', 9001);
  state.recordings.set(callId, { fileId, fileName, bytes });
  const row = state.statistics.get(callId);
  if (row) {
    row.RECORD_FILE_ID = fileId;
    row.CALL_RECORD_URL = `${RECORDING_PATH}${fileId}/?filename=${encodeURIComponent(fileName)}`;
  }
  const activity = state.activities.get(callId);
  if (activity) activity.fileId = fileId;
  return fileId;
}
