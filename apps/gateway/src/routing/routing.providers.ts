import type { Provider } from '@nestjs/common';
import type { GatewaySettings } from '@app/config';
import { METRICS, type Logger, type Metrics } from '@app/observability';
import {
  EGRESS,
  portalClients,
  PortalLimits,
  PortalSessions,
  PortalTroubles,
  RenewTokens,
} from '@app/portals';
import { PortalStore, RateGovernor, RouteStore } from '@app/store';
import { SwitchFleet } from '../switch/switch-fleet';
import { LOG, SETTINGS } from '../tokens';
import { LineBook } from './line-book';
import { FindResponsible } from './responsible/find-responsible';
import { SearchClient } from './responsible/search-client';
import { RouteCalls } from './route-calls';

/** A search that takes longer helps no caller: the answer is for the next call, ms. */
const SEARCH_MS = 5_000;

/** Routed calls, part of the role `switch`. Without SECRET_KEYS nobody is asked who is responsible. */
export function routingProviders(): Provider[] {
  return [
    {
      provide: FindResponsible,
      useFactory: (
        settings: GatewaySettings,
        routes: RouteStore,
        portals: PortalStore,
        rate: RateGovernor,
        log: Logger,
      ) => {
        const search = settings.secrets.keys.length > 0 ? searchIn(settings, portals, rate, log) : undefined;
        return new FindResponsible(search, routes, log);
      },
      inject: [SETTINGS, RouteStore, PortalStore, RateGovernor, LOG],
    },
    {
      provide: RouteCalls,
      useFactory: (
        settings: GatewaySettings,
        fleet: SwitchFleet,
        routes: RouteStore,
        responsible: FindResponsible,
        metrics: Metrics,
        log: Logger,
      ) => {
        const find = { lines: new LineBook(routes), responsible };
        return new RouteCalls(fleet, find, settings, metrics, log.child({ part: 'routing' }));
      },
      inject: [SETTINGS, SwitchFleet, RouteStore, FindResponsible, METRICS, LOG],
    },
  ];
}

function searchIn(
  settings: GatewaySettings,
  portals: PortalStore,
  rate: RateGovernor,
  log: Logger,
): SearchClient {
  const { guard, oauth, client } = portalClients(settings.portals);
  const tokens = new RenewTokens(portals, oauth, { rules: guard, log });
  const troubles = new PortalTroubles(portals, guard, log);
  const sessions = new PortalSessions(portals, tokens, troubles, new PortalLimits(rate, EGRESS));
  return new SearchClient(sessions, client, rate, SEARCH_MS);
}
