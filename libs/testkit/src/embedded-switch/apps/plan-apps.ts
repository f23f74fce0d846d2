import { cloneProfile, fire, parseCause, type Channel } from '../core';
import { park, sleep, transfer } from '../ivr';
import { separate } from '../originate';
import type { App, ApplicationParts } from './application-parts';

/** How the dial plan goes on: `transfer`, `execute_extension`, `park`, `sched_transfer` ... */
export function planApps({ scheduler, hash, log }: ApplicationParts): readonly App[] {
  return [
    { name: 'transfer', isRoutable: true, run: transferBy },
    { name: 'execute_extension', run: executeExtension },
    { name: 'park', run: (channel) => park(channel) },
    { name: 'sleep', run: (channel, data) => sleep(channel, Number.parseInt(data, 10) || 0) },
    { name: 'log', isRoutable: true, run: log },
    { name: 'info', isRoutable: true, run: () => undefined },
    { name: 'eval', isRoutable: true, run: () => undefined },
    { name: 'verbose_events', isRoutable: true, run: () => undefined },
    { name: 'hash', isRoutable: true, run: (_channel, data) => hash.change(data) },
    { name: 'event', isRoutable: true, run: fireEvent },
    {
      name: 'sched_transfer',
      run: (channel, data) => {
        const [when = '+0', extension = '', dialplan, context] = separate(data, ' ');
        const id = scheduler.at(when, channel.uuid, () => {
          if (channel.isUp) void transfer(channel, { extension, dialplan, context });
        });
        channel.variables.set('last_sched_id', String(id));
      },
    },
    {
      name: 'sched_hangup',
      isRoutable: true,
      run: (channel, data) => scheduleHangup(scheduler, channel, data),
    },
    {
      name: 'sched_cancel',
      run: (channel, data) => {
        scheduler.cancel(data === '' ? channel.uuid : data);
      },
    },
  ];
}

async function transferBy(channel: Channel, data: string): Promise<void> {
  const all = separate(data, ' ');
  const which = /^-(bleg|both)$/i.exec(all[0] ?? '')?.[1]?.toLowerCase();
  const [extension = '', dialplan, context] = which === undefined ? all : all.slice(1);
  const target = { extension, dialplan, context };
  if (which !== undefined && channel.partner) await transfer(channel.partner, target);
  if (which !== 'bleg') await transfer(channel, target);
}

/** Runs the applications of another extension here, and comes back (switch_core_session_execute_exten). */
async function executeExtension(channel: Channel, data: string): Promise<void> {
  const [destinationNumber = '', dialplan = '', context = ''] = separate(data, ' ');
  const before = channel.huntProfile;
  const profile = cloneProfile(channel.profile, {
    destinationNumber,
    dialplan: dialplan || channel.profile.dialplan || 'XML',
    context: context || channel.profile.context,
    // what happens meanwhile happens to the channel
    times: channel.profile.times,
  });
  channel.huntProfile = profile;
  for (const { application, data: argument } of channel.core.hunt(channel, profile) ?? []) {
    if (!channel.isReady || !(await channel.core.execute(channel, application, argument))) break;
  }
  if (channel.huntProfile === profile) channel.huntProfile = before;
}

function scheduleHangup(scheduler: ApplicationParts['scheduler'], channel: Channel, data: string): void {
  const [when = '+0', causeName = '', leg] = separate(data, ' ');
  const cause = parseCause(causeName) ?? 'ALLOTTED_TIMEOUT';
  const hangUp = (): void => {
    const meant = leg?.toLowerCase() === 'bleg' ? channel.partner : channel;
    if (meant?.isUp) meant.core.hangUp(meant, cause);
  };
  if (Number.parseInt(when.replace('+', ''), 10) === 0) hangUp();
  else scheduler.at(when, channel.uuid, hangUp);
}

/** `event Event-Name=CUSTOM,Event-Subclass=a::b,Name=value` */
function fireEvent(channel: Channel, data: string): void {
  const headers = Object.fromEntries(
    separate(data, ',')
      .map((each): [string, string] => {
        const [name = '', ...value] = each.split('=');
        return [name.trim(), value.join('=').trim()];
      })
      .filter(([name]) => name !== ''),
  );
  const { 'Event-Name': name = 'CHANNEL_APPLICATION', 'Event-Subclass': subclass, ...others } = headers;
  fire(channel, name, {
    first: { ...(subclass !== undefined && { 'Event-Subclass': subclass }) },
    last: others,
  });
}
