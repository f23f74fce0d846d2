import type { Application, Channel } from '../core';
import type { Originate } from '../originate';
import type { HashStore } from '../schedule/hash-store';
import type { Scheduler } from '../schedule/scheduler';

export type App = Application<Channel>;

/** What applications need beyond their channel. */
export interface ApplicationParts {
  readonly originate: Originate;
  readonly scheduler: Scheduler;
  readonly hash: HashStore;
  /** Menus of `ivr`: none are configured, so that it only ends the call as FreeSWITCH does. */
  readonly log: (channel: Channel, text: string) => void;
}

/** "name=value"; the value may be empty. undefined = there is no "=". */
export function assignment(data: string): { name: string; value: string } | undefined {
  const equals = data.indexOf('=');
  if (equals < 0) return data === '' ? undefined : { name: data.trim(), value: '' };
  return { name: data.slice(0, equals).trim(), value: data.slice(equals + 1).trim() };
}

/** The words of an application's data, at most so many; the last one has the rest. */
export function words(data: string): string[] {
  return data.split(' ').filter((word) => word !== '');
}
