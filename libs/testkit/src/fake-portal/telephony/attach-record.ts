import { contract } from '@app/bitrix24/contract';
import { isMissing, paramsBy } from '../rest/method-call';
import type { MethodCall, MethodHandler } from '../rest/method-call';
import type { PortalState } from '../portal-state';
import { Refusal } from '../rest/refusal';
import { checkFileName, storeRecording } from './store-recording';
import { UPLOAD_FIELD, UPLOAD_PATH } from './upload';

const METHOD = 'telephony.externalCall.attachRecord';
const { refusals } = contract[METHOD];
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** telephony.externalCall.attachRecord */
export const attachRecord: MethodHandler<typeof METHOD> = async (state, call) => {
  const { FILENAME, RECORD_URL } = call.params;
  if (FILENAME === undefined && isMissing(RECORD_URL)) throw new Refusal(refusals.nothingToAttach);
  const params = paramsBy(METHOD, call.params);
  if (!state.statistics.has(params.CALL_ID)) throw new Refusal(refusals.notFinishedYet);
  if (!isMissing(params.RECORD_URL)) {
    const fileId = await fetchRecording(state, params.CALL_ID, String(params.RECORD_URL), params.FILENAME);
    return { result: { FILE_ID: fileId } };
  }
  const fileName = params.FILENAME ?? '';
  checkFileName(fileName);
  if (params.FILE_CONTENT === undefined)
    return { result: uploadAddress(state, call, params.CALL_ID, fileName) };
  const bytes = decode(params.FILE_CONTENT);
  return { result: { FILE_ID: storeRecording(state, params.CALL_ID, fileName, bytes) } };
};

/** Once, inside this request. Without FILENAME the name comes from the address. */
async function fetchRecording(
  state: PortalState,
  callId: string,
  url: string,
  given: string | undefined,
): Promise<number> {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  const fileName = given ?? decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
  checkFileName(fileName);
  const answer = await state.download(url).catch(() => undefined);
  if (!answer?.ok) {
    const description = refusals.downloadFailed.description.replace('{N}', String(answer?.status ?? 0));
    throw new Refusal(refusals.downloadFailed, { description });
  }
  return storeRecording(state, callId, fileName, new Uint8Array(await answer.arrayBuffer()));
}

function decode(content: string): Uint8Array {
  if (content === '') throw new Refusal(refusals.emptyContent);
  const compact = content.replace(/\s/g, '');
  if (compact.length % 4 !== 0 || !BASE64.test(compact)) throw new Refusal(refusals.notBase64);
  return new Uint8Array(Buffer.from(compact, 'base64'));
}

/** The address carries the token of the request and a signed pair of call and file name. */
function uploadAddress(state: PortalState, call: MethodCall, callId: string, fileName: string) {
  const token = `telephony|${state.ids.hex(24)}|${state.ids.hex(16)}`;
  state.uploads.set(token, { callId, fileName });
  return {
    uploadUrl: `${call.origin}${UPLOAD_PATH}?auth=${call.token}&token=${token}`,
    fieldName: UPLOAD_FIELD,
  };
}
