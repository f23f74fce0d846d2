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
import { PortalStore, RateGovernor, RegistrationStore, RouteStore } from '@app/store';
import { SwitchFleet } from '../switch/switch-fleet';
import { LOG, SETTINGS } from '../tokens';
import { CallerRequests } from './responsible/caller-requests';
import { FindResponsible } from './responsible/find-responsible';
import { ReadClient } from './responsible/read-client';
import { RegisterClient } from './responsible/register-client';
import { SearchClient } from './responsible/search-client';
import { RouteCalls } from './route-calls';

/** What takes longer helps no caller: the answer is for the next call, ms. */
const LONGEST_MS = 5_000;

/** Routed calls, part of the role `switch`. Without SECRET_KEYS nobody is asked who is responsible. */
export function routingProviders(): Provider[] {
  return [
    {
      provide: CallerRequests,
      useFactory: callerRequests,
      inject: [SETTINGS, PortalStore, RateGovernor, LOG],
    },
    {
      provide: FindResponsible,
      useFactory: (
        requests: CallerRequests | undefined,
        registrations: RegistrationStore,
        routes: RouteStore,
        log: Logger,
      ) => {
        const searches = requests && {
          search: new SearchClient(requests),
          register: new RegisterClient(registrations, new ReadClient(requests), LONGEST_MS),
        };
        return new FindResponsible(searches, routes, log);
      },
      inject: [CallerRequests, RegistrationStore, RouteStore, LOG],
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
        const find = { lines: routes, responsible };
        return new RouteCalls(fleet, find, settings, metrics, log.child({ part: 'routing' }));
      },
      inject: [SETTINGS, SwitchFleet, RouteStore, FindResponsible, METRICS, LOG],
    },
  ];
}

/** Undefined: the tokens of portals cannot be opened here. */
function callerRequests(
  settings: GatewaySettings,
  portals: PortalStore,
  rate: RateGovernor,
  log: Logger,
): CallerRequests | undefined {
  if (settings.secrets.keys.length === 0) return undefined;
  const { guard, oauth, client } = portalClients(settings.portals);
  const tokens = new RenewTokens(portals, oauth, { rules: guard, log });
  const troubles = new PortalTroubles(portals, guard, log);
  const sessions = new PortalSessions(portals, tokens, troubles, new PortalLimits(rate, EGRESS));
  return new CallerRequests(sessions, client, rate, LONGEST_MS);
}
