import type { Logger, Metrics } from '@app/observability';
import type { TroubleLog } from '@app/portals';

/** Logs that portals turn red, and counts it: somebody has to be woken by one of the two. */
export function shoutOfTroubles(
  log: Logger,
  { portalTroubles }: Pick<Metrics, 'portalTroubles'>,
): TroubleLog {
  return {
    error: (trouble, message) => {
      const kind: unknown = Reflect.get(trouble, 'kind');
      portalTroubles.inc({ kind: typeof kind === 'string' ? kind : 'unknown' });
      log.error(trouble, message);
    },
    info: (facts, message) => log.info(facts, message),
  };
}
