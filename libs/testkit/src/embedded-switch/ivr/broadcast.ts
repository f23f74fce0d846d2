import type { Channel } from '../core';
import { queueCommand } from './command';

export interface BroadcastOptions {
  /** Again and again until `stopBroadcast`. */
  readonly loop?: boolean;
  /** Whoever it is bridged with hears music meanwhile. */
  readonly holdsPartner?: boolean;
}

/**
 * Plays something to a channel in the middle of whatever it does, or runs an application on it: "path", "app::data" or
 * "app!cause::data" (then it is hung up). switch_ivr_broadcast.
 */
export function broadcast(
  channel: Channel,
  what: string,
  { loop = false, holdsPartner = false }: BroadcastOptions = {},
): void {
  const [, application = 'playback', cause, data = what] = /^([^:!]+)(!\w*)?::(.*)$/s.exec(what) ?? [];
  const usual = { leads: true, locks: true };
  queueCommand(channel, { application, data, ...usual, holdsPartner, loops: loop ? -1 : 1 });
  if (cause === undefined) return;
  queueCommand(channel, { application: 'hangup', data: cause.slice(1) || 'NORMAL_CLEARING', ...usual });
}
