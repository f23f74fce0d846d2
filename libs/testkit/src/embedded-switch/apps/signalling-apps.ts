import { answer, parseCause, preAnswer, ringReady } from '../core';
import { waitForAnswerOf } from './wait-for-answer';
import type { App } from './application-parts';

/** What is said to the phone of the channel itself: `answer`, `hangup`, `respond` ... */
export const signallingApps: readonly App[] = [
  {
    name: 'answer',
    run: async (channel) => {
      await answer(channel);
    },
  },
  {
    name: 'pre_answer',
    run: async (channel) => {
      await preAnswer(channel);
    },
  },
  { name: 'ring_ready', run: (channel) => ringReady(channel) },
  { name: 'wait_for_answer', run: waitForAnswerOf },
  {
    name: 'hangup',
    run: (channel, data) => {
      channel.core.hangUp(channel, data === '' ? 'NORMAL_CLEARING' : (parseCause(data) ?? 'NORMAL_CLEARING'));
    },
  },
  {
    name: 'respond',
    run: (channel, data) => {
      const [status = '488', ...reason] = data.split(' ');
      channel.endpoint.respond(Number(status) || 488, reason.length > 0 ? reason.join(' ') : undefined);
    },
  },
  { name: 'redirect', run: (channel, data) => channel.endpoint.redirect(addressOf(data)) },
  { name: 'deflect', run: (channel, data) => channel.endpoint.redirect(addressOf(data)) },
];

function addressOf(data: string): string {
  return /^sips?:/i.test(data) ? data : `sip:${data}`;
}
