import { z } from 'zod';
import { StoreError } from '../store-error';

const cardPolicy = z.enum(['ringing', 'answered', 'never']);
const userId = z.int().positive();

/** `CRM_CREATE` and `CRM_SOURCE`; CALL is the source "Call" of a new portal (crm.status.list, ENTITY_ID SOURCE). */
const crm = z
  .strictObject({ create: z.boolean().default(true), source: z.string().min(1).default('CALL') })
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
