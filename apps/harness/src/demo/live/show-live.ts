import type { FakePortal } from '@app/testkit';
import { setTimeout as pause } from 'node:timers/promises';
import type { CallTable } from '../../world/call-table';
import { heldCalls } from '../../world/portal-holding';
import { liveCalls } from './live-call';
import type { LiveView } from './live-view';

const EVERY_MS = 150;

/**
 * Shows database and portal in a view until it is told to stop.
 *
 * @param onError told when the database can no longer be read
 * @returns stops it, after one last look
 */
export function showLive(
  view: LiveView,
  { calls, portal }: { readonly calls: CallTable; readonly portal: FakePortal },
  onError: (error: unknown) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const look = async (): Promise<void> =>
    view.show(liveCalls(await calls.calls(), heldCalls(portal), portal.company));
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await look();
      await pause(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    await look();
  };
  const looping = loop().catch(onError);
  return async () => {
    stopping.abort();
    await looping;
    view.end();
  };
}
