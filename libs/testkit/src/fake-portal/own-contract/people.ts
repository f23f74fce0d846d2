import type { MethodContract } from '@app/bitrix24/contract';
import { z } from 'zod';
import { docs, pageStart, text, uncoded, wholeNumber } from './forms';

const base = { auth: 'app-or-webhook' } as const;

const departmentGet = {
  ...base,
  scopes: ['department'],
  page: docs('departments/department-get'),
  /** `SORT` is a filter, `sort` names the field to sort by. */
  params: z.object({
    ID: wholeNumber.optional(),
    NAME: z.string().optional(),
    SORT: wholeNumber.optional(),
    PARENT: wholeNumber.optional(),
    UF_HEAD: wholeNumber.optional(),
    sort: z.enum(['ID', 'NAME', 'SORT', 'PARENT', 'UF_HEAD']).optional(),
    order: z.enum(['ASC', 'DESC']).optional(),
    START: pageStart.optional(),
  }),
  result: z.array(
    z.object({
      ID: text,
      NAME: z.string(),
      SORT: z.int(),
      PARENT: text.optional(),
      UF_HEAD: text.optional(),
    }),
  ),
  refusals: {},
} as const satisfies MethodContract;

const timemanStatus = {
  ...base,
  scopes: ['timeman'],
  page: docs('timeman/base/timeman-status'),
  params: z.object({ USER_ID: wholeNumber.optional() }),
  result: z.object({
    STATUS: z.enum(['OPENED', 'CLOSED', 'PAUSED', 'EXPIRED']),
    TIME_START: z.string(),
    TIME_FINISH: z.string().nullable(),
    /** HH:MM:SS, as is TIME_LEAKS. */
    DURATION: z.string(),
    TIME_LEAKS: z.string(),
    /** False: a change waits for the manager. It says nothing about presence. */
    ACTIVE: z.boolean(),
    IP_OPEN: z.string(),
    IP_CLOSE: z.string(),
    LAT_OPEN: z.number(),
    LON_OPEN: z.number(),
    LAT_CLOSE: z.number(),
    LON_CLOSE: z.number(),
    /** s */
    TZ_OFFSET: z.int(),
    /** Of a forgotten open day only. */
    TIME_FINISH_DEFAULT: z.string().optional(),
  }),
  refusals: { userNotFound: uncoded('User not found') },
} as const satisfies MethodContract;

export const peopleMethods = {
  'department.get': departmentGet,
  'timeman.status': timemanStatus,
} as const;
