import { FAULT_KINDS, type FaultEffect } from '@app/testkit';
import { z } from 'zod';
import { verb, type Verb } from '../language/verb';
import { waitFor } from '../run/wait-for';

const times = z
  .union([z.int(), z.string().regex(/^\d+$/, 'how often is a whole number').transform(Number)])
  .pipe(z.int().min(1).max(1_000));

export const PORTAL: readonly Verb[] = [
  verb({
    one: 'goes away',
    who: ['portal'],
    mood: 'does',
    about: 'Nobody can connect to the portal any more; requests under way get no answer.',
    example: 'portal: goes away',
    takes: ['after'],
    perform: ({ scene }) => scene.portal.goAway(),
  }),
  verb({
    one: 'comes back',
    who: ['portal'],
    mood: 'does',
    about: 'The portal is there again, at the same address.',
    example: 'portal: comes back',
    takes: ['after'],
    perform: ({ scene }) => scene.portal.comeBack(),
  }),
  verb({
    one: 'fails with',
    who: ['portal'],
    mood: 'does',
    about: `The next requests go wrong: ${FAULT_KINDS.join(', ')}. For one method only, if one is named.`,
    example: 'portal: fails with execute-then-drop on telephony.externalCall.finish',
    takes: ['after'],
    shape: () => ({ 'fails with': z.enum(FAULT_KINDS), on: z.string().optional(), times: times.optional() }),
    perform: ({ scene, args }) => {
      const { 'fails with': kind = 'server-error', on: method, times: count = 1 } = args;
      scene.portal.wasDisturbed = true;
      scene.portal.fake.inject({ ...effectOf(kind), method, times: count });
      return Promise.resolve();
    },
  }),
  verb({
    one: 'has filed the call of',
    who: ['portal'],
    mood: 'awaits',
    about: 'A call of a client is finished and stands in the statistics.',
    example: 'portal: has filed the call of ivan',
    takes: ['within'],
    shape: ({ client }) => ({ 'has filed the call of': client }),
    perform: async ({ scene, args, withinMs }) => {
      const whose = args['has filed the call of'] ?? '';
      const own = () => scene.held.filter(({ phone }) => scene.isNumberOf(whose, phone));
      await waitFor({
        expected: `the portal has filed the call of ${whose}`,
        isSo: () => own().some(({ rows }) => rows.length > 0),
        came: () => (own().length === 0 ? 'it does not know of one' : 'it is registered and not finished'),
        withinMs,
        signal: scene.signal,
      });
    },
  }),
];

/** Kinds that need more than their name get what is usual. */
function effectOf(kind: (typeof FAULT_KINDS)[number]): FaultEffect {
  if (kind === 'slow') return { kind, ms: 1_500 };
  if (kind === 'redirect') return { kind, to: 'https://renamed.example/rest/' };
  return { kind };
}
