import { z } from 'zod';
import type { EventFault } from '../../events/event-faults';
import type { Fault } from '../../faults/faults';
import { action, nothing, striking } from '../action';

const ms = z.int().nonnegative();
const status = z.int().min(200).max(599).optional();
/** A REST method in any case, `upload`, `oauth/token` or `app.info`; none means any. */
const aimed = { method: z.string().optional(), ...striking };

export const faultBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum([
      'rate-limited',
      'overloaded',
      'expired-token',
      'server-error',
      'execute-then-server-error',
      'drop',
      'execute-then-drop',
      'execute-then-cut',
      'empty-error-code',
    ]),
    ...aimed,
  }),
  z.strictObject({
    kind: z.literal('operation-limit'),
    resetInSeconds: z.int().positive().optional(),
    ...aimed,
  }),
  z.strictObject({ kind: z.enum(['hang', 'execute-then-hang']), ms: ms.optional(), ...aimed }),
  z.strictObject({
    kind: z.enum(['html', 'execute-then-html', 'empty', 'execute-then-empty']),
    status,
    ...aimed,
  }),
  z.strictObject({ kind: z.literal('slow'), ms, ...aimed }),
  z.strictObject({ kind: z.literal('redirect'), to: z.url(), ...aimed }),
  z.strictObject({ kind: z.literal('lead-creation-error'), text: z.string().optional(), ...aimed }),
]) satisfies z.ZodType<Fault>;

const aimedAtEvent = { event: z.string().optional(), ...striking };

export const eventFaultBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['lose', 'duplicate', 'overtaken', 'without-tokens']),
    ...aimedAtEvent,
  }),
  z.strictObject({ kind: z.literal('delay'), ms, ...aimedAtEvent }),
]) satisfies z.ZodType<EventFault>;

/** What goes wrong from now on. */
export const faultActions = {
  fault: action('What goes wrong with REST requests to come.', faultBody, (portal, value) =>
    portal.faults.inject(value),
  ),
  'oauth-fault': action(
    'The same on the OAuth server; methods there are oauth/token and app.info.',
    faultBody,
    ({ state }, value) => state.oauth.inject(value),
  ),
  'event-fault': action('What becomes of events to come.', eventFaultBody, ({ state }, value) =>
    state.post.inject(value),
  ),
  'event-delay': action(
    'How long every event is under way, in ms.',
    z.strictObject({ ms }),
    ({ state }, body) => {
      state.post.delayMs = body.ms;
    },
  ),
  'release-events': action('Sends the events that still wait to be overtaken.', nothing, ({ state }) =>
    state.post.release(),
  ),
  'settle-events': action('Answers when no event is on its way any more.', nothing, async ({ state }) =>
    state.post.settled(),
  ),
  'clear-faults': action('Forgets the faults of requests that have not happened yet.', nothing, (portal) => {
    portal.faults.clear();
  }),
} as const;
