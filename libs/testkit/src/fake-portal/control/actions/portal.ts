import { z } from 'zod';
import { AdjustableClock, ManualClock } from '../../clock';
import { action, nothing } from '../action';
import type { Controllable } from '../controllable';

const rate = z.strictObject({ threshold: z.number().positive(), leakPerSecond: z.number().positive() });
const operating = z.strictObject({
  limitSeconds: z.number().positive(),
  secondsPerCall: z.number().nonnegative(),
  basketSeconds: z.number().positive().optional(),
});

/** The portal as a whole: its clock, its limits, its address, its first day. */
export const portalActions = {
  'advance-clock': action(
    'Moves the clock on by so many ms.',
    z.strictObject({ ms: z.int().positive() }),
    (portal, { ms }) => {
      const clock = movable(portal);
      clock.advance(ms);
      return { now: clock.now() };
    },
  ),
  'set-clock': action(
    'Makes it this moment, forward or back: ISO-8601 with an offset, or null for the real time.',
    z.strictObject({ to: z.iso.datetime({ offset: true }).nullable() }),
    (portal, { to }) => {
      const clock = movable(portal);
      clock.set(to === null ? Date.now() : Date.parse(to));
      return { now: clock.now() };
    },
  ),
  rates: action(
    'The rate limit (null: none) and the operating time from now on; what was used up is forgotten.',
    z.strictObject({ rate: rate.nullable().optional(), operating: operating.optional() }),
    ({ state }, wanted) => {
      if (wanted.rate !== undefined) state.limits.rate.options = wanted.rate ?? undefined;
      if (wanted.operating !== undefined) state.limits.operating.options = wanted.operating;
      state.limits.rate.clear();
    },
  ),
  conditions: action(
    'Plan, overload, deletion, and the spelling of ERROR_CORE ("" as portals in the field send it).',
    z.strictObject({
      hasRest: z.boolean().optional(),
      isOverloaded: z.boolean().optional(),
      isDeleted: z.boolean().optional(),
      languageId: z.string().optional(),
      coreErrorCode: z.enum(['ERROR_CORE', '']).optional(),
      license: z.strictObject({ type: z.string(), family: z.string() }).optional(),
    }),
    ({ state }, changes) => {
      Object.assign(state.conditions, changes);
      if (changes.license) state.limits.adopt(changes.license);
    },
  ),
  rename: action(
    'A new address; the present one answers 302. Without origin the portal opens a new port.',
    z.strictObject({ origin: z.url({ protocol: /^https?$/ }).optional() }),
    async (portal, { origin }) => {
      if (origin === undefined) return { origin: await portal.move() };
      portal.rename(new URL(origin).origin);
      return { origin: portal.state.identity.origin };
    },
  ),
  reset: action(
    'The first day again: calls, requests, faults, events and changes are forgotten; applications too, except the first one, unless keepApps. Ids go on.',
    z.strictObject({ keepApps: z.boolean().optional() }),
    (portal, options) => portal.reset(options),
  ),
  ping: action('Does nothing, and tells that somebody is there.', nothing, ({ state }) => ({
    memberId: state.identity.memberId,
    origin: state.identity.origin,
    now: state.clock.now(),
  })),
} as const;

function movable({ state: { clock } }: Controllable): AdjustableClock | ManualClock {
  if (clock instanceof AdjustableClock || clock instanceof ManualClock) return clock;
  throw new Error('this portal runs on a clock that cannot be moved');
}
