import { Access } from './access';
import type { TokenOptions } from './access';
import { audit } from './audit';
import { CallBook } from './call-book';
import { systemClock } from './clock';
import type { Clock } from './clock';
import type { Company } from './company';
import { decodeParams } from './decode-request';
import { demoCompany } from './demo-company';
import { FaultQueue } from './faults';
import type { Fault } from './faults';
import { Ids } from './ids';
import { inProcessFetch } from './in-process-fetch';
import { methodByName } from './methods';
import { OperatingBudget } from './operating-budget';
import type { OperatingOptions } from './operating-budget';
import { PAGE } from './page';
import { PortalDoor } from './portal-door';
import type { RestRoute } from './portal-door';
import type { PortalState } from './portal-state';
import { portalView } from './portal-view';
import { RateLimit } from './rate-limit';
import type { RateLimitOptions } from './rate-limit';
import { RequestLog } from './request-log';
import type { RequestLogEntry } from './request-log';
import { routeOf } from './route';
import { Screens } from './screens';
import { serve } from './server';
import type { RunningPortal } from './server';
import { isAboutTheEnd } from './violation';
import type { Violation } from './violation';
import { DEFAULT_ORIGIN, htmlReply, jsonReply } from './wire';
import type { PortalReply, PortalRequest } from './wire';
import { tellsTheTruth, withFault } from './with-fault';

export interface FakePortalOptions {
  /** Default: the demo company, 1001 to 1018. */
  readonly company?: Company;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** The same seed gives the same ids. */
  readonly seed?: number;
  /** Default: 50 and 2/s, as of all plans but enterprise. */
  readonly rateLimit?: RateLimitOptions | false;
  /** Default: 480 s per method in ten minutes, of which a call here takes 0.01. */
  readonly operating?: OperatingOptions;
  /** `''` as portals in the field send it; default ERROR_CORE as the documentation has it. */
  readonly coreErrorCode?: 'ERROR_CORE' | '';
  /** Downloads a RECORD_URL; default is the real `fetch`. */
  readonly download?: typeof fetch;
}

/**
 * A Bitrix24 portal in memory, built from the contract alone. It enforces the rules of the documentation and remembers
 * everything, so that a test can say what the company saw and what was filed. The state is open to be read, and
 * `company` and `faults` to be changed while it runs.
 */
export class FakePortal {
  readonly state: PortalState;
  readonly access: Access;
  readonly faults = new FaultQueue();
  /** An access token with all scopes of the connector, owned by user 1. */
  readonly accessToken: string;
  readonly #log = new RequestLog();
  readonly #door: PortalDoor;
  readonly #entries = new WeakMap<PortalReply, RequestLogEntry>();

  constructor(options: FakePortalOptions = {}) {
    const { clock = systemClock, company = demoCompany(), seed = 1, rateLimit, operating } = options;
    const ids = new Ids(seed);
    this.state = emptyState(company, clock, ids, options.download ?? fetch);
    this.access = new Access(clock, ids);
    this.accessToken = this.access.issueToken();
    this.#door = new PortalDoor({
      state: this.state,
      access: this.access,
      rateLimit:
        rateLimit === false ? undefined : new RateLimit(rateLimit ?? { threshold: 50, leakPerSecond: 2 }),
      operating: new OperatingBudget(operating ?? { limitSeconds: 480, secondsPerCall: 0.01 }),
      coreErrorCode: options.coreErrorCode ?? 'ERROR_CORE',
    });
  }

  get company(): Company {
    return this.state.company;
  }

  get screens(): Screens {
    return this.state.screens;
  }

  /** Every request, oldest first. */
  get requests(): readonly RequestLogEntry[] {
    return this.#log.entries;
  }

  /** The requests to one method. */
  requestsTo(method: string): readonly RequestLogEntry[] {
    return this.#log.of(method);
  }

  /** A further access token; see `access` for webhooks and for making a token stale. */
  issueToken(options?: TokenOptions): string {
    return this.access.issueToken(options);
  }

  /** What will go wrong with requests to come. */
  inject(...faults: readonly Fault[]): void {
    this.faults.inject(...faults);
  }

  /** What the client did wrong. Ask when the run is over: a call in progress counts as never finished. */
  audit(): readonly Violation[] {
    return audit(this.state, this.requests);
  }

  /**
   * One request, without any network.
   *
   * @throws ConnectionDropped if the client is to get no answer
   */
  async handle(request: PortalRequest): Promise<PortalReply> {
    const url = new URL(request.path, request.origin ?? DEFAULT_ORIGIN);
    const route = routeOf(request.method, url.pathname);
    switch (route.kind) {
      case 'page':
        return htmlReply(200, PAGE);
      case 'state':
        return jsonReply(200, portalView(this.state, this.#mistakes(), this.requests.length));
      case 'nowhere':
        return htmlReply(404, '<html><body><h1>404 Not Found</h1></body></html>');
      default:
        return this.#rest(route, request, url);
    }
  }

  /** The client had gone before this reply reached it. The servers in front of `handle` tell. */
  markLost(reply: PortalReply): void {
    const entry = this.#entries.get(reply);
    if (entry) entry.delivered = false;
  }

  /** A real HTTP server in front of it; port 0 takes a free one. */
  listen(options: { readonly host?: string; readonly port?: number } = {}): Promise<RunningPortal> {
    return serve(this, options);
  }

  /** A `fetch` that comes here, whatever the host in the address. */
  asFetch(): typeof fetch {
    return inProcessFetch(this);
  }

  /** How many there are by now, leaving out what only counts at the end of a run. */
  #mistakes(): number {
    return this.audit().filter((violation) => !isAboutTheEnd(violation)).length;
  }

  async #rest(route: RestRoute, request: PortalRequest, url: URL): Promise<PortalReply> {
    const { clock } = this.state;
    const params = decodeParams(request, url);
    const method = route.kind === 'upload' ? 'upload' : (methodByName(route.method) ?? route.method);
    const fault = this.faults.take(method);
    const startedAt = clock.now();
    const entry = this.#log.add(startedAt, method, params, fault?.kind);
    const reply = await withFault(fault, clock, () =>
      this.#door.answer({ route, request, params, fault, entry, startedAt }),
    );
    entry.delivered = tellsTheTruth(fault);
    this.#entries.set(reply, entry);
    return reply;
  }
}

function emptyState(company: Company, clock: Clock, ids: Ids, download: typeof fetch): PortalState {
  return {
    company,
    clock,
    ids,
    calls: new CallBook(),
    screens: new Screens(),
    statistics: new Map(),
    activities: new Map(),
    recordings: new Map(),
    uploads: new Map(),
    chat: [],
    events: [],
    remarks: [],
    download,
  };
}
