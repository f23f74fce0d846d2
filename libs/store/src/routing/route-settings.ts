import { z } from 'zod';
import { StoreError } from '../store-error';
import { workingHours } from './working-hours-settings';

/** What stands in a dial string or a dialplan's destination is nothing but this. */
const extension = z
  .union([z.string(), z.int().nonnegative()])
  .transform(String)
  .pipe(z.string().regex(/^[A-Za-z0-9_.*-]{1,32}$/, 'must be an internal number, like 1001.'));
const e164 = z.string().regex(/^\+\d{7,15}$/, 'must be a number with its country code, like "+79161234567".');
const secondsOf = (most: number) => z.int().min(1).max(most);

const member = z.union([
  extension.transform((number) => ({ extension: number, seconds: undefined })),
  z.strictObject({ extension, seconds: secondsOf(120).optional() }),
]);

const destination = z.union(
  [
    z.literal('fallback'),
    z.literal('hang-up'),
    z.strictObject({ number: e164 }),
    z.strictObject({
      hangUp: z.enum(['USER_BUSY', 'NO_ANSWER', 'CALL_REJECTED', 'NORMAL_TEMPORARY_FAILURE']),
    }),
    extension,
  ],
  'must be message, announcement, an internal number or group, fallback, hang-up, or { number: "+7..." }.',
);

const queueStrategy = z.enum(['simultaneous', 'sequential', 'longest-idle', 'round-robin']);

const seconds = z
  .strictObject({
    /** Each, when the members ring one after another. */
    step: secondsOf(120).default(5),
    /** All, when they ring at once. */
    together: secondsOf(120).default(20),
    responsible: secondsOf(120).default(15),
    /** The number outside of `external-forward`. */
    forward: secondsOf(120).default(30),
    /** Ringing in all, per caller. */
    total: secondsOf(600).default(60),
  })
  .prefault({});

/** Who the caller is, for `responsible-then-queue`. */
const client = z
  .strictObject({
    /** `register` is the older way: the call is registered at once, and the portal says with which client. */
    by: z.enum(['search', 'register']).default('search'),
    /** So long the CRM is asked; then the queue rings without knowing. */
    withinMs: z.int().min(100).max(5_000).default(800),
    /** So long an answer counts for the next call of the same number. */
    rememberSeconds: z.int().min(0).max(3_600).default(30),
    /** Who talked with him last within so many days goes before who is responsible; 0: does not count. */
    lastManagerDays: z.int().min(0).max(365).default(0),
    /** Whose working day in the portal is closed or paused does not ring as the responsible one. */
    workday: z.boolean().default(false),
  })
  .prefault({});

/** What a caller hears who waits for somebody to come free. */
const waiting = z
  .strictObject({
    /** 0: nobody waits. */
    seconds: z.int().min(0).max(3_600).default(0),
    /** A file or stream of the switch; missing: the switch's hold music. */
    music: z
      .string()
      .regex(/^[^\s'"{}[\]<>$\\|]{1,200}$/, 'must be a path or stream without blanks and quotes.')
      .optional(),
    /** A file of the switch that tells his place in the queue: `{position}` stands for it. */
    position: z
      .string()
      .regex(/^[^\s'"[\]<>$\\|]{1,200}$/, 'must be a path or stream without blanks and quotes.')
      .refine((path) => /^[^{}]*\{position\}[^{}]*$/.test(path), 'must hold {position} once.')
      .optional(),
    positionEverySeconds: z.int().min(5).max(600).default(30),
    /** The call is answered before he waits; else he hears the music without paying for it, where his carrier lets him. */
    answer: z.boolean().default(false),
  })
  .prefault({});

const schema = z
  .strictObject({
    strategy: z.enum([...queueStrategy.options, 'responsible-then-queue', 'external-forward']),
    members: z.array(member).max(100).default([]),
    /** How the members ring after the responsible person. */
    queue: queueStrategy.default('simultaneous'),
    forwardTo: e164.optional(),
    /** SIP domain of the members; missing: that of the switch. */
    domain: z
      .string()
      .regex(/^[A-Za-z0-9.-]{1,253}$/, 'must be a domain.')
      .optional(),
    seconds,
    client,
    waiting,
    hours: workingHours.optional(),
    /** Where callers go outside of working hours, when all are busy, and when nobody answers. */
    closed: destination.default('fallback'),
    busy: destination.optional(),
    overflow: destination.default('fallback'),
  })
  .superRefine((line, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: path.split('.'), message });
    const isForward = line.strategy === 'external-forward';
    if (isForward && line.forwardTo === undefined)
      refuse('forwardTo', 'external-forward needs forwardTo: the number that it rings.');
    if (!isForward && line.strategy !== 'responsible-then-queue' && line.members.length === 0)
      refuse('members', `${line.strategy} needs members: the internal numbers that ring.`);
    if (line.client.by === 'register' && line.client.workday)
      refuse('client.workday', 'only "by: search" tells whose working day is open: leave one of them out.');
    const extensions = line.members.map((one) => one.extension);
    if (new Set(extensions).size < extensions.length) refuse('members', 'somebody is named twice.');
  });

/** What a line does with its callers, as its administrator has decided. */
export type RouteSettings = z.output<typeof schema>;
/** The same, as he writes it: without what is usual. */
export type RouteSettingsInput = z.input<typeof schema>;
export type RouteDestinationSetting = RouteSettings['overflow'];

/** One thing that is wrong in settings. */
export interface SettingMistake {
  /** `hours.open.0.from`; '' is the whole. */
  readonly path: string;
  readonly message: string;
}

/** Reads settings; everything that is wrong with them, where something is. */
export function checkRouteSettings(
  settings: unknown,
):
  | { readonly ok: true; readonly settings: RouteSettings }
  | { readonly ok: false; readonly mistakes: readonly SettingMistake[] } {
  const read = schema.safeParse(settings);
  if (read.success) return { ok: true, settings: read.data };
  const mistakes = read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  return { ok: false, mistakes };
}

/**
 * Reads settings, with what is usual in place of what is missing.
 *
 * @throws StoreError `bad-row`, naming everything that is wrong
 */
export function readRouteSettings(settings: unknown): RouteSettings {
  const read = checkRouteSettings(settings);
  if (read.ok) return read.settings;
  const wrong = read.mistakes.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  throw new StoreError(`routing of a line: ${wrong.join(' ')}`, { kind: 'bad-row', table: 'external_line' });
}
