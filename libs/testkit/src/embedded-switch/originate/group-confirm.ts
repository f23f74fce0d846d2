import { executeApplicationLine, type Channel } from '../core';
import { playFile, readDigits } from '../ivr';
import type { OriginateOptions } from './originate-options';

/**
 * Asks whoever has answered to press a key before he gets the call (collect_thread_run): a phone that answers by itself
 * does not win. `exec` as the key runs an application instead; whoever is still there afterwards has won.
 */
export async function askToConfirm(channel: Channel, options: OriginateOptions): Promise<void> {
  const { variables } = channel;
  const key = variables.get('group_confirm_key') ?? options.confirmKey ?? '';
  const file = variables.get('group_confirm_file') ?? options.confirmFile ?? 'silence';
  if (key.toLowerCase() === 'exec') {
    await executeApplicationLine(channel, file);
    if (channel.isUp) win(channel);
    return;
  }
  while (channel.isReadyOutside && channel.has('TAGGED')) {
    const pressed = await readDigits(channel, {
      min: key.length,
      max: key.length,
      file,
      timeoutMs: options.confirmMs,
      digitTimeoutMs: options.confirmMs,
      terminators: '',
    });
    if (pressed === key) {
      win(channel);
      return;
    }
    if (options.confirmErrorFile !== undefined) await playFile(channel, options.confirmErrorFile);
  }
}

function win(channel: Channel): void {
  channel.setFlag('WINNER');
  channel.variables.set('group_dial_status', 'winner');
}

const VARIABLES = ['key', 'file', 'error_file', 'cancel_timeout', 'read_timeout'];

/** He has confirmed: nobody shall ask him again. */
export function forgetConfirmation({ variables }: Channel): void {
  for (const name of VARIABLES) variables.delete(`group_confirm_${name}`);
}
