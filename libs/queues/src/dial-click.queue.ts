import { z } from 'zod';
import type { QueueDefinition } from './queue-definition';
import { ring, type RingableQueue } from './ring';

/** A click is to be dialled. What is to be dialled is read when it is taken, and only one can take it. */
export interface DialClickJob {
  readonly callId: string;
}

/**
 * The clicks for one switch, worked off by the gateway that follows it. While the switch is away the tries go on, close
 * together; the order itself says when it is too late.
 */
export function dialClickQueue(switchId: string): QueueDefinition<DialClickJob> {
  return {
    name: `dial-click-${switchId}`,
    payload: z.object({ callId: z.string().min(1) }),
    retry: { attempts: 60, firstDelayMs: 200, longestDelayMs: 1_000 },
  };
}

/** Tells the gateway of a click. Throws when the queue is away. */
export async function ringDialClick(
  queue: RingableQueue<DialClickJob>,
  switchId: string,
  callId: string,
): Promise<void> {
  await ring(queue, dialClickQueue(switchId).name, { callId }, `dial-click-${callId}`);
}
