import type { MethodContract } from '@app/bitrix24/contract';
import { z } from 'zod';
import { docs, refusal, text } from './forms';

const base = { auth: 'app-or-webhook', scopes: ['telephony'] } as const;
const core = (description: string) => refusal(400, 'ERROR_CORE', description);

const attachTranscription = {
  ...base,
  page: docs('telephony/telephony-call-attach-transcription'),
  params: z.object({
    CALL_ID: text.optional(),
    /** SIDE, START_TIME and STOP_TIME in whole seconds from the start of the call, MESSAGE: each has a refusal. */
    MESSAGES: z.unknown().optional(),
    COST: text.optional(),
    COST_CURRENCY: z.string().optional(),
  }),
  result: z.object({ TRANSCRIPT_ID: z.int() }),
  /** {N} is the place in the list, from 0 on. */
  refusals: {
    callIdNotSet: core('CALL_ID should be set'),
    messagesNoList: core('MESSAGES should be an array'),
    badSide: core('MESSAGES[{N}][SIDE] should be either Client or User'),
    badStart: core('MESSAGES[{N}][START_TIME] should be greater or equal to zero'),
    badStop: core('MESSAGES[{N}][STOP_TIME] should be greater than zero'),
    noMessage: core('MESSAGES[{N}][MESSAGE] is empty'),
    callNotFound: core('Call {CALL_ID} is not found. Is it finished?'),
  },
} as const satisfies MethodContract;

export const telephonyMethods = {
  'telephony.call.attachTranscription': attachTranscription,
} as const;
