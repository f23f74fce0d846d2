import { setTimeout as pause } from 'node:timers/promises';
import type { Connector } from '../connector';

/** What became of the wish for a set-up. */
export type SetUpEnd =
  | { readonly kind: 'done'; readonly problem?: string }
  /** The worker will try again by itself. */
  | { readonly kind: 'put-off'; readonly problem: string }
  /** Nobody has done it in time. */
  | { readonly kind: 'not-yet'; readonly hasWorker: boolean };

const LOOK_EVERY_MS = 250;
/** A worker beats every ten seconds. */
const ALIVE_WITHIN_MS = 30_000;

/** Has the worker set up a portal, and waits for the outcome for so long at most. Throws StoreError. */
export async function setUpByWorker(
  connector: Connector,
  portalId: string,
  withinMs: number,
): Promise<SetUpEnd> {
  await connector.setUps.wish(portalId);
  const wanted = (await connector.portals.byId(portalId))?.setUpWanted ?? 0;
  await connector.ringForSetUp(portalId);
  const deadline = Date.now() + withinMs;
  for (;;) {
    const portal = await connector.portals.byId(portalId);
    const problem = portal?.setUpProblem ?? undefined;
    if (portal === undefined) return { kind: 'done', problem: 'the portal was removed meanwhile' };
    if (portal.setUpDone >= wanted) return { kind: 'done', problem };
    if (portal.setUpNotBefore !== null && problem !== undefined) return { kind: 'put-off', problem };
    if (Date.now() >= deadline) return { kind: 'not-yet', hasWorker: await hasWorker(connector) };
    await pause(LOOK_EVERY_MS);
  }
}

async function hasWorker({ heartbeats }: Connector): Promise<boolean> {
  const seen = await heartbeats.seen();
  return seen.some(({ app, silentMs }) => app === 'worker' && silentMs < ALIVE_WITHIN_MS);
}

/** What is said of it. */
export function wordsOf(end: SetUpEnd): string {
  switch (end.kind) {
    case 'done':
      return end.problem === undefined
        ? 'The portal is set up.'
        : `The portal is set up, but:\n${indented(end.problem)}`;
    case 'put-off':
      return `The portal could not be set up; the worker tries again by itself:\n${indented(end.problem)}`;
    case 'not-yet':
      return end.hasWorker
        ? 'The worker has not done it yet; it goes on by itself. "portals show" tells how far it is.'
        : 'No worker is alive: the wish is noted down, and is fulfilled as soon as one is started.';
  }
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
