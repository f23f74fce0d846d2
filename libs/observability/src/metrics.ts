import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** From a hit in a cache of the portal's side to a hanging portal; seconds. */
const REQUEST_SECONDS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];
/** A commit takes about a millisecond on a local disk without load; seconds. */
const COMMIT_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5];
/** Changes of calls in one commit. */
const COMMIT_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/**
 * The metrics of one process, in a registry of its own. Labels take names from short lists alone (event names, methods,
 * verdicts), never numbers, ids or texts of callers: each new value is a time series for ever.
 */
export interface Metrics {
  readonly registry: Registry;
  /** `name`: of the event, as subscribed. */
  readonly eslEvents: Counter<'name'>;
  /** `kind`: of AnomalyNoted. */
  readonly anomalies: Counter<'kind'>;
  readonly callsStarted: Counter<'direction'>;
  readonly callsEnded: Counter<'outcome'>;
  readonly groupCommitSize: Histogram;
  readonly groupCommitSeconds: Histogram;
  /** `method`: of the portal; `verdict`: `done` or what the error said should be done. */
  readonly syncSteps: Counter<'method' | 'verdict'>;
  readonly portalRequestSeconds: Histogram<'method'>;
  /** Decisions on routed callers; `step` and `why` of RouteNote. */
  readonly routeSteps: Counter<'step' | 'why'>;
  /** `client`: what the CRM said in time. */
  readonly routeLookups: Counter<'client'>;
  /** From the connection of the switch to the first decision. */
  readonly routeDecisionSeconds: Histogram;
  /** `kind`: of PortalError. */
  readonly portalTroubles: Counter<'kind'>;
}

/** Metrics named `connector_*`, each line labelled with the app; with those of the Node process for an app's own registry. */
export function createMetrics(app: string, { ofProcess = true }: { ofProcess?: boolean } = {}): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ app });
  if (ofProcess) collectDefaultMetrics({ register: registry });
  return {
    registry,
    eslEvents: counter(registry, 'esl_events', 'Events received from switches', ['name']),
    anomalies: counter(registry, 'anomalies', 'Observations that did not fit the call they belong to', [
      'kind',
    ]),
    callsStarted: counter(registry, 'calls_started', 'Calls that began', ['direction']),
    callsEnded: counter(registry, 'calls_ended', 'Calls that ended', ['outcome']),
    groupCommitSize: histogram(
      registry,
      'group_commit_size',
      'Changes of calls written in one transaction',
      COMMIT_SIZES,
    ),
    groupCommitSeconds: histogram(
      registry,
      'group_commit_seconds',
      'Time one such transaction took',
      COMMIT_SECONDS,
    ),
    syncSteps: counter(registry, 'sync_steps', 'Steps taken towards portals', ['method', 'verdict']),
    portalRequestSeconds: histogram(
      registry,
      'portal_request_seconds',
      'Time a portal took to answer',
      REQUEST_SECONDS,
      ['method'],
    ),
    routeSteps: counter(registry, 'route_steps', 'Decisions on routed callers', ['step', 'why']),
    routeLookups: counter(registry, 'route_lookups', 'Callers whose manager was looked for', ['client']),
    routeDecisionSeconds: histogram(
      registry,
      'route_decision_seconds',
      'Time that routing added before the first ring was decided',
      REQUEST_SECONDS,
    ),
    portalTroubles: counter(registry, 'portal_troubles', 'Errors that stop a portal until a person acts', [
      'kind',
    ]),
  };
}

function counter<L extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: L[],
): Counter<L> {
  return new Counter({ name: `connector_${name}_total`, help, labelNames, registers: [registry] });
}

function histogram<L extends string>(
  registry: Registry,
  name: string,
  help: string,
  buckets: number[],
  labelNames: L[] = [],
): Histogram<L> {
  return new Histogram({ name: `connector_${name}`, help, buckets, labelNames, registers: [registry] });
}
