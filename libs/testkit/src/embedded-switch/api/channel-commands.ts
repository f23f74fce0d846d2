import {
  parseCause,
  profileField,
  startRecording,
  stopRecording,
  moveRecordings,
  type Channel,
} from '../core';
import { broadcast, parkChannel, transfer, uuidBridge } from '../ivr';
import { separate } from '../originate';
import type { ApiCommand } from './api-desk';
import { NO_CHANNEL, OK, usage, type ApiParts } from './api-parts';

/** `uuid_...`: what can be done to one channel (mod_commands.c; the texts are FreeSWITCH's own). */
export function channelCommands({ core, scheduler }: ApiParts): Record<string, ApiCommand> {
  const withChannel =
    (least: number, syntax: string, run: (channel: Channel, args: string[]) => string | Promise<string>) =>
    (text: string): string | Promise<string> => {
      const args = separate(text, ' ');
      if (args.length < least) return usage(syntax);
      const channel = core.locate(args[0] ?? '');
      return channel ? run(channel, args) : NO_CHANNEL;
    };
  return {
    uuid_exists: (uuid) => String(core.locate(uuid.trim()) !== undefined),
    uuid_kill: withChannel(1, '<uuid> [cause]', (channel, [, cause]) => {
      core.hangUp(channel, (cause === undefined ? undefined : parseCause(cause)) ?? 'NORMAL_CLEARING');
      return OK;
    }),
    uuid_transfer: withChannel(
      2,
      '<uuid> [-bleg|-both] <dest-exten> [<dialplan>] [<context>]',
      transferChannel,
    ),
    uuid_bridge: (text) => {
      const [first = '', ...others] = separate(text, ' ');
      if (others.length === 0) return usage('<uuid> <other_uuid>');
      const channel = core.locate(first);
      const met = others.slice(0, 2).find((uuid) => {
        const other = core.locate(uuid);
        return channel !== undefined && other !== undefined && uuidBridge(channel, other);
      });
      return met === undefined ? '-ERR Invalid uuid\n' : `+OK ${met}\n`;
    },
    uuid_setvar: withChannel(2, '<uuid> <var> [value]', ({ variables }, [, name = '', value]) => {
      variables.set(name, value);
      return OK;
    }),
    uuid_setvar_multi: withChannel(2, '<uuid> <var>=<value>;<var>=<value>...', ({ variables }, args) => {
      for (const each of args.slice(1).join(' ').split(';')) {
        const [name = '', ...value] = each.split('=');
        variables.set(name.trim(), value.join('='));
      }
      return OK;
    }),
    uuid_getvar: withChannel(2, '<uuid> <var>', (channel, [, name = '']) => {
      return channel.variables.get(name) ?? profileField(channel, name) ?? '_undef_';
    }),
    uuid_park: withChannel(1, '<uuid>', (channel) => {
      parkChannel(channel);
      return OK;
    }),
    uuid_answer: withChannel(1, '<uuid>', (channel) => command(channel, 'answer')),
    uuid_pre_answer: withChannel(1, '<uuid>', (channel) => command(channel, 'pre_answer')),
    uuid_break: withChannel(1, '<uuid> [all]', (channel) => {
      channel.setFlag('BREAK');
      return OK;
    }),
    uuid_hold: (text) => hold(core.locate.bind(core), text),
    uuid_broadcast: withBroadcast(core.locate.bind(core)),
    uuid_record: (text) => record(core.locate.bind(core), text),
    uuid_send_dtmf: (text) => {
      const [uuid = '', digits = ''] = separate(text, ' ');
      const channel = core.locate(uuid);
      if (!channel) return '-ERR Cannot locate session!\n';
      channel.endpoint.sendDtmf(digits.replace(/@\d+$/, ''));
      return `+OK ${uuid} sent DTMF ${digits}.\n`;
    },
    uuid_recv_dtmf: withChannel(2, '<uuid> <dtmf_data>', (channel, [, digits = '']) => {
      channel.pressed.push(...Array.from(digits));
      channel.poke();
      return OK;
    }),
    uuid_simplify: () => '-ERR not simulated\n',
    sched_transfer: withScheduled(core.locate.bind(core), scheduler),
    sched_hangup: (text) => {
      const [when = '', uuid = '', cause = ''] = separate(text, ' ');
      const channel = core.locate(uuid);
      if (uuid === '') return usage('[+]<time> <uuid> [<cause>]');
      if (!channel) return NO_CHANNEL;
      scheduler.at(when, uuid, () => core.hangUp(channel, parseCause(cause) ?? 'ALLOTTED_TIMEOUT'));
      return OK;
    },
    sched_del: (which) => `+OK Deleted: ${scheduler.cancel(which.trim())}\n`,
  };
}

type Locate = (uuid: string) => Channel | undefined;

async function transferChannel(channel: Channel, args: string[]): Promise<string> {
  const [, first = ''] = args;
  const isOption = first.startsWith('-');
  const [extension = '', dialplan, context] = args.slice(isOption ? 2 : 1);
  const other = channel.core.locate(channel.variables.get('bridge_to') ?? '');
  const target = { extension, dialplan, context };
  let meant = channel;
  if (first.toLowerCase() === '-bleg' && other) {
    if (channel.variables.isTrue('recording_follow_transfer')) moveRecordings(channel, other);
    meant = other;
  }
  if (first.toLowerCase() === '-both' && other) {
    for (const leg of [channel, other]) leg.setFlag('REDIRECT');
    await transfer(other, target);
  }
  return (await transfer(meant, target)) ? OK : '-ERR\n';
}

/** Lets the channel itself do it, as soon as it can. */
function command(channel: Channel, application: string): string {
  channel.queue(async () => {
    await channel.core.execute(channel, application, '');
  });
  return OK;
}

/** uuid_hold [off|toggle] <uuid> */
function hold(locate: Locate, text: string): string {
  const args = separate(text, ' ');
  const how = args.length > 1 ? args[0]?.toLowerCase() : 'on';
  const channel = locate(args.at(-1) ?? '');
  if (!channel) return '-ERR Operation failed\n';
  const on = how === 'toggle' ? !channel.has('LEG_HOLDING') : how !== 'off';
  channel.endpoint.hold(on);
  return '+OK Success\n';
}

function withBroadcast(locate: Locate): ApiCommand {
  return (text) => {
    const [uuid = '', what, legs = ''] = separate(text, ' ');
    if (what === undefined) return usage('<uuid> <path> [aleg|bleg|holdb|both]');
    const channel = locate(uuid);
    if (!channel) return '-ERR invalid uuid\n';
    const isOnBoth = legs.includes('both');
    if (legs === '') broadcast(channel, what, { holdsPartner: true });
    else if (isOnBoth || legs.includes('aleg')) broadcast(channel, what);
    if ((isOnBoth || legs.includes('bleg')) && channel.partner) broadcast(channel.partner, what);
    return '+OK Message sent\n';
  };
}

function record(locate: Locate, text: string): string {
  const [uuid = '', action = '', path, limit] = separate(text, ' ');
  if (path === undefined) return usage('<uuid> [start|stop|mask|unmask] <path> [<limit>]');
  const channel = locate(uuid);
  if (!channel) return '-ERR Cannot locate session!\n';
  switch (action.toLowerCase()) {
    case 'start': {
      if (!startRecording(channel, path)) return '-ERR Cannot record session!\n';
      const seconds = Number(limit);
      if (seconds > 0) {
        channel.core.clock.after(seconds * 1000, () => stopRecording(channel, path, 'success-maxtime'));
      }
      return '+OK Success\n';
    }
    case 'stop':
      return stopRecording(channel, path, 'success-maxtime')
        ? '+OK Success\n'
        : '-ERR Cannot stop record session!\n';
    default:
      return usage('<uuid> [start|stop|mask|unmask] <path> [<limit>]');
  }
}

function withScheduled(locate: Locate, scheduler: ApiParts['scheduler']): ApiCommand {
  return (text) => {
    const [when = '', uuid = '', extension = '', dialplan, context] = separate(text, ' ');
    if (extension === '') return usage('[+]<time> <uuid> <extension> [<dialplan>] [<context>]');
    const channel = locate(uuid);
    if (!channel) return NO_CHANNEL;
    scheduler.at(when, uuid, () => void transfer(channel, { extension, dialplan, context }));
    return OK;
  };
}
