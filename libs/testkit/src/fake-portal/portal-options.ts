import type { AppOptions } from './apps/fake-app';
import { systemClock } from './clock';
import type { Clock } from './clock';
import type { Company } from './company/company';
import { demoCompany } from './company/demo-company';
import { EventPost } from './events/event-post';
import { InstalledApps } from './apps/installed-apps';
import { DEFAULT_ORIGIN } from './http/wire';
import { Ids } from './ids';
import { PortalLimits } from './limits/portal-limits';
import type { LimitOptions } from './limits/portal-limits';
import { OAuthServer } from './oauth/oauth-server';
import { ordinaryConditions, STANDARD } from './portal-conditions';
import type { License } from './portal-conditions';
import type { PortalState } from './portal-state';
import { CallBook } from './telephony/call-book';
import { Screens } from './telephony/screens';

export interface FakePortalOptions extends LimitOptions {
  /** Default: the demo company, 1001 to 1018. */
  readonly company?: Company;
  /** Default: that of the OAuth server, else the system's. */
  readonly clock?: Clock;
  /** The same seed gives the same ids. */
  readonly seed?: number;
  /** `''` as portals in the field send it; default ERROR_CORE as the documentation has it. */
  readonly coreErrorCode?: 'ERROR_CORE' | '';
  /** Card of the application it starts with; default: that of a connector which uses the API only. */
  readonly app?: AppOptions;
  /** Downloads a RECORD_URL; default is the real `fetch`. */
  readonly download?: typeof fetch;
  /** Default std; family `ent` has the wider rate limit. */
  readonly license?: License;
  /** Scheme and host that client_endpoint tells; default where it listens, else https://company.example. */
  readonly origin?: string;
  /** Default one of its own; several portals may share one. */
  readonly oauth?: OAuthServer;
  /** Carries events and frames to applications; default is the real `fetch`. */
  readonly deliver?: typeof fetch;
}

/** A portal on its first day. */
export function newPortalState(options: FakePortalOptions): PortalState {
  const clock = options.clock ?? options.oauth?.clock ?? systemClock;
  const seed = options.seed ?? options.oauth?.ids.next('portal') ?? 1;
  const license = options.license ?? STANDARD;
  const oauth = options.oauth ?? new OAuthServer({ clock, seed });
  return {
    identity: {
      memberId: oauth.ids.hex(32),
      origin: options.origin ?? DEFAULT_ORIGIN,
      formerOrigins: new Set(),
    },
    conditions: ordinaryConditions(license, options.coreErrorCode ?? 'ERROR_CORE'),
    limits: new PortalLimits(options, license),
    company: options.company ?? demoCompany(),
    clock,
    ids: new Ids(seed),
    oauth,
    installed: new InstalledApps(),
    post: new EventPost(clock, options.deliver ?? fetch),
    outgoing: { byDefault: undefined, ofUser: new Map() },
    calls: new CallBook(),
    screens: new Screens(),
    statistics: new Map(),
    activities: new Map(),
    recordings: new Map(),
    transcripts: new Map(),
    uploads: new Map(),
    chat: [],
    notices: [],
    messages: [],
    events: [],
    remarks: [],
    download: options.download ?? fetch,
  };
}
