import { AppDesk } from './apps/app-desk';
import { appInfoOf } from './apps/app-info';
import { createInstallation } from './apps/create-installation';
import type { FakeApp } from './apps/fake-app';
import { audit } from './audit/audit';
import type { Violation } from './audit/violation';
import { FirstDay } from './first-day';
import type { ResetOptions } from './first-day';
import type { Company, FakeUser } from './company/company';
import type { Controllable } from './control/controllable';
import type { EventPost } from './events/event-post';
import type { FaultQueue } from './faults/fault-queue';
import type { Fault } from './faults/faults';
import { inProcessFetch } from './http/in-process-fetch';
import type { PortalHandler } from './http/portal-handler';
import { serve } from './http/server';
import type { ListenOptions, RunningPortal } from './http/server';
import { htmlReply, redirectReply } from './http/wire';
import type { PortalReply, PortalRequest } from './http/wire';
import type { PortalLimits } from './limits/portal-limits';
import { authorizedAddress } from './oauth/authorize';
import type { OAuthServer } from './oauth/oauth-server';
import { ownPage } from './page/own-pages';
import { dismiss, hire } from './people/staff';
import type { PortalConditions } from './portal-conditions';
import { newPortalState } from './portal-options';
import type { FakePortalOptions } from './portal-options';
import type { PortalState } from './portal-state';
import { Access } from './rest/access';
import type { TokenOptions } from './rest/access';
import type { RequestLogEntry } from './rest/request-log';
import { RestDesk } from './rest/rest-desk';
import { routeOf } from './rest/route';
import { click, submitCallbackForm } from './telephony/clicks';
import type { CallbackForm, Click } from './telephony/clicks';
import type { Screens } from './telephony/screens';

/**
 * A Bitrix24 portal in memory, built from the contract alone. It enforces the rules of the documentation and remembers
 * everything, so that a test can say what the company saw and what was filed. The state is open to be read, and
 * `company`, `conditions` and `faults` to be changed while it runs. It starts with one local application, `app`, which
 * uses the API only, is installed, and is everybody's choice for calls out.
 */
export class FakePortal implements PortalHandler, Controllable {
  readonly state: PortalState;
  readonly access: Access;
  /** Applications: making, installing, opening, updating, removing. */
  readonly apps: AppDesk;
  /** The application it starts with. */
  readonly app: FakeApp;
  readonly #rest: RestDesk;
  readonly #firstDay: FirstDay;
  /** Further ports that it has moved to. */
  readonly #moves: RunningPortal[] = [];
  #listening: ListenOptions | undefined;
  readonly #ownsOAuth: boolean;
  #hasOrigin: boolean;
  #accessToken: string;

  constructor(options: FakePortalOptions = {}) {
    const state = newPortalState(options);
    this.state = state;
    this.#ownsOAuth = options.oauth === undefined;
    this.#hasOrigin = options.origin !== undefined;
    state.oauth.join({
      memberId: state.identity.memberId,
      get origin() {
        return state.identity.origin;
      },
      get isDeleted() {
        return state.conditions.isDeleted;
      },
      installationOf: (clientId) => state.installed.byClientId(clientId),
      appInfo: (installation) => appInfoOf(installation, state.conditions),
    });
    this.access = new Access(state);
    this.apps = new AppDesk(state, options.deliver ?? fetch);
    this.app = this.apps.add(options.app);
    createInstallation(state, this.app, { userId: 1 });
    this.chooseOutgoing(this.app);
    this.#accessToken = this.#firstToken();
    this.#rest = new RestDesk({ state, access: this.access });
    this.#firstDay = new FirstDay(state, this.app);
  }

  /** An access token of `app` with all its scopes, owned by user 1; another one after a reset. */
  get accessToken(): string {
    return this.#accessToken;
  }

  get company(): Company {
    return this.state.company;
  }

  /** Plan, overload, deletion: what holds for the portal as a whole. */
  get conditions(): PortalConditions {
    return this.state.conditions;
  }

  /** The rate limit and the operating time; to be changed while it runs. */
  get limits(): PortalLimits {
    return this.state.limits;
  }

  get screens(): Screens {
    return this.state.screens;
  }

  /** Events on their way to the applications, and what came of them. */
  get post(): EventPost {
    return this.state.post;
  }

  get oauth(): OAuthServer {
    return this.state.oauth;
  }

  /** Its name for ever. */
  get memberId(): string {
    return this.state.identity.memberId;
  }

  /** Scheme and host of its present address. */
  get origin(): string {
    return this.state.identity.origin;
  }

  get faults(): FaultQueue<Fault> {
    return this.#rest.faults;
  }

  /** Every request, oldest first; the commands of a batch follow it. */
  get requests(): readonly RequestLogEntry[] {
    return this.#rest.log.entries;
  }

  /** The requests to one method. */
  requestsTo(method: string): readonly RequestLogEntry[] {
    return this.#rest.log.of(method);
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

  /** Somebody clicks a number; gives the CALL_ID that the event brings. */
  click(clicked: Click): string | undefined {
    return click(this.state, clicked);
  }

  /** A visitor sends a callback form. */
  submitCallbackForm(form: CallbackForm): void {
    submitCallbackForm(this.state, form);
  }

  /** The application that calls out, for all or for one user; undefined: none, so that clicks reach nobody. */
  chooseOutgoing(
    app: FakeApp | undefined,
    { line = null, userId }: { readonly line?: string | null; readonly userId?: number } = {},
  ): void {
    const { outgoing } = this.state;
    const choice = app && { appId: this.apps.get(app).appId, line };
    if (userId === undefined) outgoing.byDefault = choice;
    else if (choice) outgoing.ofUser.set(userId, choice);
    else outgoing.ofUser.delete(userId);
  }

  /** The address a browser is sent back to, with a code; undefined if the application has no such address. */
  authorize(
    app: FakeApp,
    { userId = 1, state }: { readonly userId?: number; readonly state?: string } = {},
  ): string | undefined {
    return authorizedAddress(this.state, { clientId: app.clientId, state, userId });
  }

  /** Somebody new: ONUSERADD. */
  hire(user: FakeUser): void {
    hire(this.state, user);
  }

  /** Somebody goes, and with him his tokens of local applications. */
  dismiss(userId: number): void {
    dismiss(this.state, userId);
  }

  /** A new address (scheme and host): the present one answers 302 from now on. */
  rename(origin: string): void {
    const { identity } = this.state;
    identity.formerOrigins.add(identity.origin);
    identity.formerOrigins.delete(origin);
    identity.origin = origin;
  }

  /**
   * Moves to a new port, as a portal that is renamed gets a new address: the present one answers 302 from now on. Gives
   * the new address. Throws if it does not listen.
   */
  async move(): Promise<string> {
    if (!this.#listening) throw new Error('a portal that does not listen cannot move; it can be renamed');
    const running = await serve(this, { ...this.#listening, port: 0 });
    this.#moves.push(running);
    this.rename(running.origin);
    return running.origin;
  }

  /** Its first day again (see ResetOptions for applications). Answers that are under way are still sent. */
  reset(options: ResetOptions = {}): void {
    this.#rest.log.clear();
    this.faults.clear();
    this.#firstDay.bringBack(options);
    if (options.keepApps === true) return;
    this.access.clear();
    this.#accessToken = this.#firstToken();
  }

  /**
   * One request, without any network.
   *
   * @throws ConnectionDropped if the client is to get no answer
   */
  async handle(request: PortalRequest): Promise<PortalReply> {
    const url = new URL(request.path, request.origin ?? this.origin);
    const route = routeOf(request.method, url.pathname);
    switch (route.kind) {
      case 'method':
      case 'webhook':
      case 'upload':
        return this.#rest.handle(route, request, url);
      case 'token':
        return this.oauth.handle(request);
      case 'authorize':
        return this.#authorize(url.searchParams);
      default:
        return ownPage(this, route, request);
    }
  }

  /** The client had gone before this reply reached it. The servers in front of `handle` tell. */
  markLost(reply: PortalReply): void {
    this.#rest.log.markLost(reply);
    this.oauth.markLost(reply);
  }

  /**
   * A real HTTP server in front of it; port 0 takes a free one. Unless it was given an address, it tells this one from
   * now on; so does an OAuth server of its own, which it passes requests on to.
   */
  async listen(options: ListenOptions = {}): Promise<RunningPortal> {
    const running = await serve(this, options);
    this.#listening = options;
    if (!this.#hasOrigin) {
      this.#hasOrigin = true;
      this.state.identity.origin = running.origin;
      if (this.#ownsOAuth) this.oauth.origin = running.origin;
    }
    return { ...running, close: () => this.#close(running) };
  }

  /** A `fetch` that comes here, whatever the host in the address. */
  asFetch(): typeof fetch {
    return inProcessFetch(this);
  }

  #firstToken(): string {
    return this.access.issueToken({ scopes: this.app.scopes });
  }

  /** This port, and those that it has moved to. */
  async #close(running: RunningPortal): Promise<void> {
    this.#listening = undefined;
    await Promise.all([running, ...this.#moves.splice(0)].map((address) => address.close()));
  }

  /** `user_id` is this fake's own: it has no login. */
  #authorize(query: URLSearchParams): PortalReply {
    const address = authorizedAddress(this.state, {
      clientId: query.get('client_id') ?? '',
      state: query.get('state') ?? undefined,
      userId: Number(query.get('user_id') ?? 1),
    });
    return address === undefined
      ? htmlReply(200, '<html><body><h1>Application not found</h1></body></html>')
      : redirectReply(address);
  }
}
