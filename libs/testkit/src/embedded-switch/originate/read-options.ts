import { isTrue } from '../core';
import type { OriginateOptions } from './originate-options';

const CONFIRM_MS = 5000;

/** Reads the options out of the variables of the dial string. */
export function readOptions(
  variables: ReadonlyMap<string, string>,
  timeoutSeconds: number,
): OriginateOptions {
  const text = (name: string): string | undefined => variables.get(name) || undefined;
  const yes = (name: string): boolean => isTrue(variables.get(name));
  const count = (name: string): number | undefined => {
    const number = Number.parseInt(variables.get(name) ?? '', 10);
    return Number.isNaN(number) ? undefined : number;
  };
  const early = text('ignore_early_media')?.toLowerCase();
  const ignores = isTrue(early) || early === 'consume' ? 'yes' : early === 'ring_ready' ? 'ring-ready' : 'no';
  const seconds = count('originate_timeout') || timeoutSeconds;
  const file = (name: string): string | undefined => (text(name) === 'undef' ? undefined : text(name));
  return {
    earlyOk: ignores === 'no',
    ignoresEarlyMedia: ignores,
    ignoresRinging: yes('ignore_ring_ready'),
    ringsAtOnce: yes('instant_ringback') || yes('ring_ready'),
    returnsAtRinging: yes('return_ring_ready'),
    timeoutSeconds: seconds,
    progressSeconds: count('progress_timeout') || seconds,
    confirmKey: text('group_confirm_key'),
    confirmFile: file('group_confirm_file'),
    confirmErrorFile: file('group_confirm_error_file'),
    confirmMs: count('group_confirm_read_timeout') || CONFIRM_MS,
    confirmSeconds: yes('group_confirm_cancel_timeout') ? 0 : count('group_confirm_timeout'),
    goesOnAfterTimeout: yes('originate_continue_on_timeout'),
    fatal: yes('hangup_on_single_reject') ? 'true' : text('fail_on_single_reject'),
  };
}

/** Variables of the caller that count as if they stood in the dial string. */
const OF_THE_CALLER = [
  'group_confirm_key',
  'group_confirm_file',
  'group_confirm_read_timeout',
  'group_confirm_cancel_timeout',
  'group_confirm_timeout',
  'forked_dial',
  'fail_on_single_reject',
  'hangup_on_single_reject',
  'ignore_early_media',
  'bridge_early_media',
  'originate_continue_on_timeout',
  'ignore_ring_ready',
  'return_ring_ready',
  'ring_ready',
  'instant_ringback',
  'progress_timeout',
  'language',
] as const;

/** Takes the caller's options into those of the dial string, which are stronger. */
export function takeCallersOptions(
  caller: { get(name: string): string | undefined },
  variables: Map<string, string>,
): void {
  for (const name of OF_THE_CALLER) {
    const value = caller.get(name);
    if (value !== undefined && !variables.has(name)) variables.set(name, value);
  }
}

/** Puts what the caller exports into the dial string (switch_channel_process_export). */
export function exportVariables(
  caller: { get(name: string): string | undefined },
  variables: Map<string, string>,
): void {
  const names = caller.get('export_vars');
  if (names === undefined) return;
  variables.set('export_vars', names);
  for (const name of names.split(',')) {
    const value = caller.get(name);
    if (value !== undefined) variables.set(name.replace(/^(nolocal:|_nolocal_)/, ''), value);
  }
}
