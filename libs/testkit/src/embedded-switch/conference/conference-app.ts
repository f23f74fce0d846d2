import type { App } from '../apps/application-parts';
import { answer, type Channel } from '../core';
import { dequeueDtmf, untilWithErrands } from '../ivr';
import { Conference } from './conference';

/**
 * `conference 3001@default`: everybody who comes there hears everybody else, until he goes. Profiles, pins, the floor
 * and moderators are not simulated.
 */
export function conferenceApp(domain: () => string): App {
  const conferences = new Map<string, Conference>();
  return {
    name: 'conference',
    needsMedia: true,
    run: async (channel, data) => {
      const [, name = '', profile = 'default'] = /^([^@+\s]+)(?:@([^+\s]+))?/.exec(data) ?? [];
      if (name === '' || !(await answer(channel))) return;
      const conference = conferences.get(name) ?? new Conference(name, profile, domain());
      conferences.set(name, conference);
      const leave = conference.join(channel);
      await stay(channel);
      leave();
      if (conference.isEmpty) conferences.delete(name);
    },
  };
}

async function stay(channel: Channel): Promise<void> {
  const isLeaving = (): boolean => !channel.isReady || channel.has('BREAK');
  while (!isLeaving()) {
    await untilWithErrands(channel, () => isLeaving() || channel.pressed.length > 0);
    dequeueDtmf(channel);
  }
}
