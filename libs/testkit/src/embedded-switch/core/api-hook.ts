import type { Channel } from './channel';

/**
 * Runs the api command that `api_hangup_hook` holds, as "command arguments" or "command::arguments" (api_hook in
 * switch_core_state_machine.c). Its output is lost.
 */
export function runHangupHook(channel: Channel): void {
  const hook = channel.variables.get('api_hangup_hook') ?? '';
  const [, command, args = ''] = /^(.*?)(?:::| |$)(.*)$/s.exec(hook) ?? [];
  if (command) channel.core.api(channel, command, channel.core.expand(channel, args));
}
