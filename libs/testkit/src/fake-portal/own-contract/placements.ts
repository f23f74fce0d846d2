import type { MethodContract } from '@app/bitrix24/contract';
import { z } from 'zod';
import { anyMap, docs, flag, refusal, wholeNumber } from './forms';

const base = { auth: 'app-only', scopes: ['placement'] } as const;
const wrongAuthType = refusal(
  403,
  'WRONG_AUTH_TYPE',
  'Current authorization type is denied for this method Application context required',
);
const noPlacement = (httpStatus: number) =>
  refusal(httpStatus, 'ERROR_ARGUMENT', "Argument 'PLACEMENT' is null or empty");
/** Not on the page of bind, on that of unbind; binding needs an administrator too. */
const accessDenied = refusal(403, 'ACCESS_DENIED', 'Access denied!');

const bind = {
  ...base,
  page: docs('widgets/placement-bind'),
  params: z.object({
    PLACEMENT: z.string().optional(),
    HANDLER: z.string().optional(),
    TITLE: z.string().optional(),
    DESCRIPTION: z.string().optional(),
    GROUP_NAME: z.string().optional(),
    LANG_ALL: anyMap.optional(),
    OPTIONS: anyMap.optional(),
    USER_ID: wholeNumber.optional(),
  }),
  result: z.boolean(),
  /** The page lists the first four with HTTP 200; the status of the others is not documented. */
  refusals: {
    noPlacement: noPlacement(200),
    alreadyBound: refusal(200, 'ERROR_PLACEMENT_MAX_COUNT', ''),
    noUserMode: refusal(200, 'ERROR_PLACEMENT_USER_MODE', 'User mode is not available'),
    noErrorHandler: refusal(200, 'EMPTY_ERROR_HANDLER_URL', ''),
    notFound: refusal(400, 'ERROR_PLACEMENT_NOT_FOUND', ''),
    wrongHandler: refusal(400, 'ERROR_WRONG_HANDLER_URL', ''),
    wrongProtocol: refusal(400, 'ERROR_UNSUPPORTED_PROTOCOL', ''),
    wrongAuthType,
    accessDenied,
  },
} as const satisfies MethodContract;

const get = {
  ...base,
  page: docs('widgets/placement-get'),
  params: z.object({}),
  result: z.array(
    z.object({
      placement: z.string(),
      userId: z.int(),
      handler: z.string(),
      options: z.union([anyMap, z.tuple([])]),
      title: z.string(),
      description: z.string(),
      langAll: z.union([anyMap, z.tuple([])]),
    }),
  ),
  refusals: { wrongAuthType, accessDenied },
} as const satisfies MethodContract;

const list = {
  ...base,
  page: docs('widgets/placement-list'),
  params: z.object({ SCOPE: z.string().optional(), FULL: flag.optional() }),
  result: z.array(z.string()),
  refusals: { wrongAuthType },
} as const satisfies MethodContract;

const unbind = {
  ...base,
  page: docs('widgets/placement-unbind'),
  params: z.object({
    PLACEMENT: z.string().optional(),
    HANDLER: z.string().optional(),
    USER_ID: wholeNumber.optional(),
  }),
  result: z.object({ count: z.int() }),
  refusals: { noPlacement: noPlacement(400), wrongAuthType, accessDenied },
} as const satisfies MethodContract;

export const placementMethods = {
  'placement.bind': bind,
  'placement.get': get,
  'placement.list': list,
  'placement.unbind': unbind,
} as const;
