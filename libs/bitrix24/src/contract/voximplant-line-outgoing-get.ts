import { z } from 'zod';
import { phpText } from './lenient';
import { accessDenied, page } from './method-contract';
import type { MethodContract } from './method-contract';

/**
 * `voximplant.line.outgoing.get`: what calls out by default. A number, `regNNN` and `sipNNN` for SIP lines,
 * `REST_APP:<app.info ID>` for an application, `LINK_BASE_NUMBER`. Needs the right "Manage numbers - modify".
 */
export const voximplantLineOutgoingGet = {
  page: page('telephony/voximplant/lines/voximplant-line-outgoing-get'),
  auth: 'app-or-webhook',
  scopes: ['telephony'],
  params: z.object({}),
  /** '' when nothing is chosen. */
  result: phpText.nullable().transform((line) => line ?? ''),
  refusals: { accessDenied: accessDenied('Access denied!') },
} as const satisfies MethodContract;
