import type { Command as SocketCommand } from '../../replay-switch/socket/command-reader';
import { isTrue, parseCause, type Channel } from '../core';
import { queueCommand, runCommand, transfer, type Command } from '../ivr';

/**
 * `sendmsg`: the channel does what it is told as soon as it can: `call-command: execute` (with loops, event-lock,
 * event-uuid ...), `hangup`, `xferext` (switch_ivr_parse_event).
 */
export function sendMessage(channel: Channel, { headers, body }: SocketCommand): string {
  switch (headers.get('call-command')?.toLowerCase()) {
    case 'execute':
      queueCommand(channel, commandOf(headers, body));
      break;
    case 'hangup':
      channel.queue(() => {
        channel.core.hangUp(channel, parseCause(headers.get('hangup-cause') ?? '') ?? 'NORMAL_CLEARING');
        return Promise.resolve();
      });
      break;
    case 'xferext':
      channel.queue(async () => {
        const extension = headers.get('application') ?? headers.get('extension') ?? '';
        await transfer(channel, { extension, dialplan: 'inline' });
      });
      break;
    default:
      // nomedia, unicast: not simulated
      break;
  }
  return '+OK';
}

/** The same at once: a socket that is not async does one thing after the other. */
export async function obeyMessage(channel: Channel, message: SocketCommand): Promise<string> {
  if (message.headers.get('call-command')?.toLowerCase() !== 'execute') return sendMessage(channel, message);
  await runCommand(channel, commandOf(message.headers, message.body));
  return '+OK';
}

function commandOf(headers: ReadonlyMap<string, string>, body: string): Command {
  const isBody = headers.get('content-type')?.toLowerCase() === 'text/plain';
  const loops = Number.parseInt(headers.get('loops') ?? '1', 10);
  return {
    application: headers.get('execute-app-name') ?? '',
    data: headers.get('execute-app-arg') ?? (isBody ? body : ''),
    loops: Number.isNaN(loops) ? 1 : loops,
    uuid: headers.get('event-uuid'),
    locks: isTrue(headers.get('event-lock')),
    leads: headers.has('lead-frames'),
    holdsPartner: isTrue(headers.get('hold-bleg')),
  };
}
