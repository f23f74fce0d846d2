import { z } from 'zod';
import { phpId, phpTextOrNull } from './lenient';
import { errorCore, page } from './method-contract';
import type { MethodContract } from './method-contract';

/**
 * `telephony.externalCall.attachRecord`: gives a finished call its recording; a repeat replaces it. Three ways:
 * FILENAME + FILE_CONTENT (Base64), RECORD_URL (the portal fetches it inside this request), or FILENAME alone, which
 * answers with an address for a multipart upload (`uploadRecord` of the client).
 */
export const externalCallAttachRecord = {
  page: page('telephony/telephony-external-call-attach-record'),
  auth: 'app-or-webhook',
  scopes: ['telephony'],
  params: z
    .object({
      CALL_ID: z.string(),
      /** Ends in .wav or .mp3. */
      FILENAME: z.string().optional(),
      /** Base64 without a `data:` prefix; the request as a whole may have 2 GB and take 60 s in the cloud. */
      FILE_CONTENT: z.string().optional(),
      RECORD_URL: z.string().optional(),
    })
    .refine((params) => params.FILENAME !== undefined || params.RECORD_URL !== undefined, {
      message: 'FILENAME or RECORD_URL should be set',
    }),
  result: z
    .object({
      FILE_ID: phpId.optional(),
      /** Holds an access token: use it at once, never store or log it. */
      uploadUrl: phpTextOrNull,
      /** Name of the multipart field. */
      fieldName: phpTextOrNull,
    })
    .refine((result) => result.FILE_ID !== undefined || result.uploadUrl !== null, {
      message: 'neither FILE_ID nor uploadUrl',
    }),
  refusals: {
    nothingToAttach: errorCore(
      'Required parameters are not set. Request should contain either URL or FILENAME parameter',
    ),
    notFinishedYet: errorCore(
      'Call is not found in the statistic table. It looks like it is not finished yet.',
    ),
    emptyFileName: errorCore('File name is empty'),
    wrongExtension: errorCore('Wrong file extension. Only wav and mp3 are allowed'),
    emptyContent: errorCore('File content is empty.'),
    notBase64: errorCore('File content is not properly encoded. Base64 encoding is expected.'),
    downloadFailed: errorCore('Server returns HTTP error code {N}'),
  },
} as const satisfies MethodContract;

/**
 * Answer of the multipart upload to `uploadUrl`. Not documented for telephony: whatever comes with HTTP 200 is taken,
 * FILE_ID is read if it is there.
 */
export const uploadResult = z.looseObject({ FILE_ID: phpId.optional() }).catch({});
