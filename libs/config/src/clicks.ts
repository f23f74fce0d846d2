import { z } from 'zod';
import { listOf, milliseconds, wholeNumber } from './formats';
import { variable } from './variable';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const gatewayName: z.ZodType<string, string> = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,64}$/, 'must be the name of a gateway.');
/** Undefined: nothing is read out. */
const voice: z.ZodType<string | undefined, string> = z
  .string()
  .regex(/^([a-z0-9_]+\|[A-Za-z0-9_.-]+)?$/, 'must be like engine|voice.')
  .transform((text) => (text === '' ? undefined : text));
const PREFIX = /^\+\d{0,15}$/;
const NOT_PREFIXES = 'must be prefixes like +7,+375; + is everywhere.';

/** What portals allow that have no setting of their own. */
export const clickVariables = {
  staleMs: variable('CLICK_STALE_MS', milliseconds(SECOND, 10 * MINUTE), {
    meaning: 'A click that is older is not dialled any more.',
    byDefault: '15000',
  }),
  callbackStaleMs: variable('CALLBACK_STALE_MS', milliseconds(SECOND, 60 * MINUTE), {
    meaning: 'A request to be called back that is older is not dialled any more, but filed as missed.',
    byDefault: '300000',
  }),
  allowedPrefixes: variable('CLICK_ALLOWED_PREFIXES', listOf(PREFIX, NOT_PREFIXES), {
    meaning: 'Where clicks may go: beginnings of numbers; a portal may have its own.',
    byDefault: '+',
    example: '+7,+375',
  }),
  deniedPrefixes: variable('CLICK_DENIED_PREFIXES', listOf(PREFIX, NOT_PREFIXES), {
    meaning: 'Where they may not go, whatever is allowed.',
    byDefault: '',
    example: '+7809,+882',
  }),
  perUserPerMinute: variable('CLICKS_PER_USER_PER_MINUTE', wholeNumber(1, 1_000), {
    meaning: 'Clicks of one user in a minute at most.',
    byDefault: '10',
  }),
  perPortalPerMinute: variable('CLICKS_PER_PORTAL_PER_MINUTE', wholeNumber(1, 10_000), {
    meaning: 'Clicks of one portal in a minute at most.',
    byDefault: '120',
  }),
  callsPerUser: variable('CLICK_CALLS_PER_USER', wholeNumber(1, 100), {
    meaning: 'A user who is in so many calls is not called for another click.',
    byDefault: '2',
  }),
  ringSeconds: variable('CLICK_RING_SECONDS', wholeNumber(1, 300), {
    meaning: 'How long the phone of whoever clicked rings.',
    byDefault: '30',
  }),
};

/** How a gateway dials clicks. */
export const dialVariables = {
  mobileGateway: variable('CLICK_MOBILE_GATEWAY', gatewayName, {
    meaning: 'Gateway of the switch that mobiles of employees are called over.',
    byDefault: 'trunk',
  }),
  voice: variable('CALLBACK_VOICE', voice, {
    meaning:
      'TTS engine and voice of the switch that read a callback form to the employee; empty: it is not read.',
    byDefault: '',
    example: 'flite|kal',
  }),
};
