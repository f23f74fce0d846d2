import { z } from 'zod';
import { StoreError } from '../store-error';
import { callPolicy } from './call-policy';

const cardPolicy = z.enum(['ringing', 'answered', 'never']);
const userId = z.int().positive();

/** `CRM_CREATE` and `CRM_SOURCE`; CALL is the source "Call" of a new portal (crm.status.list, ENTITY_ID SOURCE). */
const crm = z
  .strictObject({ create: z.boolean().default(true), source: z.string().min(1).default('CALL') })
  .prefault({});

const e164Prefix = z.string().regex(/^\+\d{0,15}$/);
const perUser = <Value extends z.ZodType>(value: Value) => z.record(z.string().regex(/^\d+$/), value);
const autoAnswer = z.union([
  z.literal('never'),
  z.literal('call-info'),
  /** The text of an `Alert-Info` header. */
  z.strictObject({ alertInfo: z.string().regex(/^[A-Za-z][A-Za-z0-9=;.-]{0,63}$/) }),
]);

/** What is unset is the deployment's. */
const clickSettings = z
  .strictObject({
    /** Where clicks may go: E.164 prefixes, `+` for everywhere; and where they may not. */
    allowedPrefixes: z.array(e164Prefix).min(1).optional(),
    deniedPrefixes: z.array(e164Prefix).optional(),
    perUserPerMinute: z.int().positive().optional(),
    perPortalPerMinute: z.int().positive().optional(),
    callsPerUser: z.int().positive().optional(),
    /** Which phone is called first; `as-clicked`: the mobile for clicks in the portal's mobile app. */
    phone: z.enum(['desk', 'mobile', 'as-clicked']).default('desk'),
    /** Mobiles of users, E.164, by `USER_ID`. */
    mobiles: perUser(z.string().regex(/^\+\d{7,15}$/)).default({}),
    /** The header that makes a phone answer by itself. */
    autoAnswer: z
      .strictObject({
        everybody: autoAnswer.default('never'),
        users: perUser(autoAnswer).default({}),
        /** By internal number, for people with several phones; it goes before what is said of the user. */
        extensions: z.record(z.string().regex(/^[A-Za-z0-9_.+*#-]{1,32}$/), autoAnswer).default({}),
      })
      .prefault({}),
    /** Who calls back for a line when the responsible person is not free: users by `LINE_NUMBER`, the first who is. */
    callbackUsers: z.record(z.string(), z.array(userId)).default({}),
  })
  .prefault({});

const schema = z.strictObject({
  /** Responsible for calls that concern nobody the portal knows: the user who installed, unless changed. */
  defaultUserId: userId,
  /** ISO 3166-1, the country whose numbers are written without a country code. Unset: the deployment's. */
  defaultRegion: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** Unset: the deployment's. */
  finishWhen: z.enum(['at-end', 'recording-ready']).optional(),
  /** Unset: the deployment's. */
  recordingUpload: z.enum(['two-step', 'base64']).optional(),
  /** `PHONE_NUMBER` of callers who hide theirs: the portal refuses a registration without one. */
  /** Digits: the portal refuses a PHONE_NUMBER that is no number. */
  anonymousNumber: z
    .string()
    .regex(/^\+?\d{3,15}$/)
    .default('00000000'),
  crm: z.strictObject({ inbound: crm, outbound: crm }).prefault({}),
  /** `ADD_TO_CHAT`. */
  addToChat: z
    .strictObject({ inbound: z.boolean().default(false), outbound: z.boolean().default(false) })
    .prefault({}),
  /** Transfers, missed calls, calls to ignore. */
  calls: callPolicy,
  /** Clicks on numbers, and callbacks. */
  clicks: clickSettings,
  /** When cards are shown: to everybody (unset: the deployment's), and to users by their `USER_ID`. */
  cards: z
    .strictObject({
      everybody: cardPolicy.optional(),
      users: z.record(z.string().regex(/^\d+$/), cardPolicy).default({}),
    })
    .prefault({}),
  /** Where the phones of its employees are. Unset: on its switches by default, and where it has lines (`phoneHomes`). */
  phones: z
    .array(z.strictObject({ switchId: z.string().min(1), domain: z.string().min(1).optional() }))
    .default([]),
});

/** What the administrator of a portal decides. */
export type PortalSettings = z.output<typeof schema>;
/** The same, as far as it differs from what is usual. */
export type PortalSettingsInput = z.input<typeof schema>;

/**
 * Reads settings, with what is usual in place of what is missing.
 *
 * @throws StoreError `bad-row`, naming the first setting that is wrong.
 */
export function readPortalSettings(settings: unknown): PortalSettings {
  const read = schema.safeParse(settings);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new StoreError(`portal settings: ${where} ${issue?.message ?? ''}`, {
    kind: 'bad-row',
    table: 'portal',
  });
}
