import type { DocumentedRefusal } from '@app/bitrix24/contract';
import type { RawParams } from '../http/wire';
import type { TranscriptLine } from '../portal-state';
import { catalogue } from '../rest/catalogue';
import { isMissing, paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { Refusal } from '../rest/refusal';

const METHOD = 'telephony.call.attachTranscription';
const { refusals } = catalogue[METHOD];

/** telephony.call.attachTranscription: of a finished call; another one takes the place of the first (not documented). */
export const attachTranscription: MethodHandler<typeof METHOD> = (state, { params: raw }) => {
  const { CALL_ID = '' } = paramsBy(METHOD, raw);
  if (isMissing(CALL_ID)) throw new Refusal(refusals.callIdNotSet);
  if (!Array.isArray(raw.MESSAGES)) throw new Refusal(refusals.messagesNoList);
  const lines = raw.MESSAGES.map((message: unknown, index) => lineOf(asMap(message), index));
  const row = state.statistics.get(CALL_ID);
  if (!row)
    throw new Refusal(refusals.callNotFound, {
      description: refusals.callNotFound.description.replace('{CALL_ID}', () => CALL_ID),
    });
  const id = state.ids.next('transcript');
  state.transcripts.set(CALL_ID, { id, lines });
  row.TRANSCRIPT_ID = String(id);
  row.TRANSCRIPT_PENDING = 'N';
  return { result: { TRANSCRIPT_ID: id } };
};

function lineOf({ SIDE, START_TIME, STOP_TIME, MESSAGE }: RawParams, index: number): TranscriptLine {
  if (SIDE !== 'User' && SIDE !== 'Client') throw at(index, refusals.badSide);
  const [startSeconds, stopSeconds] = [secondsOf(START_TIME), secondsOf(STOP_TIME)];
  if (startSeconds === undefined) throw at(index, refusals.badStart);
  if (stopSeconds === undefined || stopSeconds === 0) throw at(index, refusals.badStop);
  if (typeof MESSAGE !== 'string' || MESSAGE.trim() === '') throw at(index, refusals.noMessage);
  return { side: SIDE, startSeconds, stopSeconds, text: MESSAGE };
}

/** Whole seconds; a form body brings them as text. */
function secondsOf(value: unknown): number | undefined {
  const isWhole = typeof value === 'number' ? Number.isInteger(value) && value >= 0 : isDigits(value);
  return isWhole ? Number(value) : undefined;
}

const isDigits = (value: unknown): boolean => typeof value === 'string' && /^\d{1,9}$/.test(value);

const asMap = (value: unknown): RawParams =>
  typeof value === 'object' && value !== null ? (value as RawParams) : {};

const at = (index: number, refusal: DocumentedRefusal): Refusal =>
  new Refusal(refusal, { description: refusal.description.replace('{N}', String(index)) });
