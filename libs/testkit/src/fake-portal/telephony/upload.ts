import { commonRefusals } from '@app/bitrix24/contract';
import { multipartFile } from '../http/multipart';
import type { PortalState } from '../portal-state';
import { Refusal, wrongArgument } from '../rest/refusal';
import { storeRecording } from './store-recording';
import type { PortalRequest } from '../http/wire';

export const UPLOAD_PATH = '/rest/upload.json';
export const UPLOAD_FIELD = 'file';

/**
 * POST to an upload address. Refusals and answer of this step are not documented for telephony: a wrong token is
 * INVALID_CREDENTIALS, a missing file ERROR_ARGUMENT, and the answer has a FILE_ID like that of attachRecord.
 *
 * @throws Refusal
 */
export function takeUpload(
  state: PortalState,
  request: PortalRequest,
  token: string,
): { readonly FILE_ID: number } {
  const pending = state.uploads.get(token);
  if (!pending) throw new Refusal(commonRefusals.INVALID_CREDENTIALS);
  const file = multipartFile(request, UPLOAD_FIELD);
  if (!file) throw wrongArgument(UPLOAD_FIELD, 'no such file in the request');
  return { FILE_ID: storeRecording(state, pending.callId, pending.fileName, file) };
}
