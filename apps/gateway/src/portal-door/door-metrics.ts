import { Counter, type Registry } from 'prom-client';

/** What operators count of the public door. Labels take words from short lists alone. */
export interface DoorMetrics {
  /** `outcome`: installed, renewed, unchanged. */
  readonly installs: Counter<'outcome'>;
  /** `outcome`: stored, duplicate. */
  readonly events: Counter<'outcome'>;
  /** Events that could not be stored: the portal does not send them again. */
  readonly eventsLost: Counter;
  /** `door`: install, events, app, other; `reason`: of Refusal. */
  readonly refusals: Counter<'door' | 'reason'>;
}

/** Makes the counters in a registry that has none of them yet. */
export function createDoorMetrics(registry: Registry): DoorMetrics {
  const counter = <L extends string>(name: string, help: string, labelNames: L[]): Counter<L> =>
    new Counter({ name: `connector_${name}_total`, help, labelNames, registers: [registry] });
  return {
    installs: counter('portal_installs', 'Installations that a portal has asked for', ['outcome']),
    events: counter('portal_events', 'Verified events of portals', ['outcome']),
    eventsLost: counter('portal_events_lost', 'Events of portals that could not be stored', []),
    refusals: counter('portal_refusals', 'Requests that the public door refused', ['door', 'reason']),
  };
}
