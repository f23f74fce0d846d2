import type { SyncDeps } from './ports';

/** The limits of a portal that has none, for replays: every step is sent at once. */
export function noLimits(): Pick<SyncDeps, 'rate' | 'turns' | 'gate'> {
  let turn = 0;
  return {
    rate: {
      penalise: (_portalId, _egress, now) => Promise.resolve(now),
      count: () => Promise.resolve(),
      block: () => Promise.resolve(),
      open: () => Promise.resolve(),
      operatingWaits: (_portalId, asked) => Promise.resolve(asked.map(() => undefined)),
      learn: () => Promise.resolve(),
    },
    turns: {
      ask: (_asked, now) =>
        Promise.resolve({ kind: 'granted', turn: (turn += 1), readyAt: now, isProbe: false }),
      add: () => Promise.resolve(),
    },
    gate: { enter: () => () => undefined },
  };
}
