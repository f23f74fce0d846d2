import type { Observation } from '@app/calls';
import { present, type ReadHeader } from './channel-headers';
import { cleanText } from './clean-text';
import type { Seen } from './seen';

const LONGEST_NAME = 64;

/** The name of a queue without its domain. */
function nameOf(text: string | undefined): string | undefined {
  return cleanText(present(text?.split('@', 1)[0]), LONGEST_NAME);
}

/**
 * A member of a mod_callcenter queue came or left; what its agents do is seen by their legs. Left with `CC-Cause` Cancel
 * and a reason (BREAK_OUT: the caller gave up), or Terminated after a talk.
 */
export function observeCallcenter(seen: Seen, read: ReadHeader): Observation[] {
  const queue = nameOf(read('CC-Queue'));
  if (queue === undefined) return [];
  switch (read('CC-Action')) {
    case 'member-queue-start':
      return [{ type: 'QueueEntered', ...seen, queue }];
    case 'member-queue-end': {
      const why = cleanText(present(read('CC-Cancel-Reason')) ?? present(read('CC-Cause'))) ?? '';
      return [{ type: 'QueueLeft', ...seen, queue, why }];
    }
    default:
      return [];
  }
}

/** A caller of a mod_fifo queue came, was taken, or left by himself; consumers are seen by their legs. */
export function observeFifo(seen: Seen, read: ReadHeader): Observation[] {
  const queue = nameOf(read('FIFO-Name'));
  const action = read('FIFO-Action');
  if (queue === undefined) return [];
  switch (action) {
    case 'push':
      return [{ type: 'QueueEntered', ...seen, queue }];
    case 'caller_pop':
      return [{ type: 'QueueLeft', ...seen, queue, why: '' }];
    case 'abort':
    case 'timeout':
      return [{ type: 'QueueLeft', ...seen, queue, why: action }];
    default:
      return [];
  }
}
