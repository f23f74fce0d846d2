import { commonRefusals } from '@app/bitrix24/contract';
import { makeApp } from '../apps/fake-app';
import type { AppOptions, FakeApp } from '../apps/fake-app';
import { systemClock } from '../clock';
import type { Clock } from '../clock';
import { FaultQueue } from '../faults/fault-queue';
import type { Fault } from '../faults/faults';
import { tellsTheTruth, withFault } from '../faults/with-fault';
import { decodeParams } from '../http/decode-request';
import { inProcessFetch } from '../http/in-process-fetch';
import type { PortalHandler } from '../http/portal-handler';
import { serve } from '../http/server';
import type { ListenOptions, RunningPortal } from '../http/server';
import { htmlReply, jsonReply } from '../http/wire';
import type { PortalReply, PortalRequest, RawParams } from '../http/wire';
import { Ids } from '../ids';
import { Refusal } from '../rest/refusal';
import { RequestLog } from '../rest/request-log';
import type { RequestLogEntry } from '../rest/request-log';
import type { OAuthPortal } from './oauth-portal';
import { answerTokenRequest } from './token-endpoint';
import { TokenBook } from './token-book';

export interface OAuthServerOptions {
  readonly clock?: Clock;
  /** The same seed gives the same tokens. */
  readonly seed?: number;
  /** Default https://oauth.bitrix.info; the eastern portals have https://oauth.bitrix24.tech. */
  readonly origin?: string;
}

const TOKEN = 'oauth/token';
const APP_INFO = 'app.info';

/** The OAuth server of one or many portals: tokens, applications, and the trusted `app.info`. */
export class OAuthServer implements PortalHandler {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tokens: TokenBook;
  /** Scheme and host under which it is known; server_endpoint tells it. */
  origin: string;
  readonly #faults = new FaultQueue<Fault>(({ method }) => method);
  readonly #log: RequestLog;
  readonly #apps = new Map<string, FakeApp>();
  readonly #portals = new Map<string, OAuthPortal>();

  constructor(options: OAuthServerOptions = {}) {
    this.clock = options.clock ?? systemClock;
    this.#log = new RequestLog(this.clock);
    this.ids = new Ids(options.seed ?? 1);
    this.tokens = new TokenBook(this.clock, this.ids);
    this.origin = options.origin ?? 'https://oauth.bitrix.info';
  }

  /** Every request, oldest first: `oauth/token` and `app.info`. Neither tokens nor secrets are in it. */
  get requests(): readonly RequestLogEntry[] {
    return this.#log.entries;
  }

  requestsTo(method: typeof TOKEN | typeof APP_INFO): readonly RequestLogEntry[] {
    return this.#log.of(method);
  }

  /** What will go wrong with requests to come, by the method `oauth/token` or `app.info`. */
  inject(...faults: readonly Fault[]): void {
    this.#faults.inject(...faults);
  }

  /** Makes an application: of the Market, or a local one of the portal that is named. */
  register(options: AppOptions, ownerMemberId?: string): FakeApp {
    const app = makeApp(options, this.ids, ownerMemberId);
    this.#apps.set(app.clientId, app);
    return app;
  }

  /** A local application that is uninstalled is gone: a new one gets a new client_id. */
  withdraw(app: FakeApp): void {
    this.#apps.delete(app.clientId);
  }

  /** The portals that it serves. */
  get portals(): readonly OAuthPortal[] {
    return [...this.#portals.values()];
  }

  /** Makes an application known again that was withdrawn. */
  readmit(app: FakeApp): void {
    this.#apps.set(app.clientId, app);
  }

  /** Withdraws the local applications of a portal and takes back everything that was given out for it. */
  forget(memberId: string): void {
    for (const app of this.#apps.values()) if (app.ownerMemberId === memberId) this.withdraw(app);
    this.tokens.revoke((grant) => grant.memberId === memberId);
  }

  /** Forgets the requests, and the faults that have not happened yet. */
  clearLog(): void {
    this.#log.clear();
    this.#faults.clear();
  }

  app(clientId: string): FakeApp | undefined {
    return this.#apps.get(clientId);
  }

  join(portal: OAuthPortal): void {
    this.#portals.set(portal.memberId, portal);
  }

  portal(memberId: string): OAuthPortal | undefined {
    return this.#portals.get(memberId);
  }

  async handle(request: PortalRequest): Promise<PortalReply> {
    const url = new URL(request.path, request.origin ?? this.origin);
    const path = url.pathname.replace(/\/+/g, '/').replace(/\/$|\.json$/, '');
    const method = path === '/oauth/token' ? TOKEN : path === '/rest/app.info' ? APP_INFO : undefined;
    if (method === undefined) return htmlReply(404, '<html><body><h1>404 Not Found</h1></body></html>');
    const params = decodeParams(request, url);
    const fault = this.#faults.take(method);
    const entry = this.#log.add({
      at: this.clock.now(),
      method,
      params,
      fault: fault?.kind,
      source: request.source,
    });
    const answer = method === TOKEN ? () => answerTokenRequest(this, params) : () => this.#appInfo(params);
    const reply = await withFault(fault, this.clock, () => Promise.resolve(answerWith(answer, entry)));
    this.#log.answered(entry, reply, tellsTheTruth(fault));
    return reply;
  }

  markLost(reply: PortalReply): void {
    this.#log.markLost(reply);
  }

  listen(options: ListenOptions = {}): Promise<RunningPortal> {
    return serve(this, options).then((running) => {
      this.origin = running.origin;
      return running;
    });
  }

  asFetch(): typeof fetch {
    return inProcessFetch(this);
  }

  /** The trusted check of a token: which application on which portal, installed or not, paid or not. */
  #appInfo({ auth }: RawParams): object {
    const token = typeof auth === 'string' ? this.tokens.access(auth) : undefined;
    if (!token) throw new Refusal(commonRefusals.NO_AUTH_FOUND);
    if (token.isExpired) throw new Refusal(commonRefusals.expired_token);
    const portal = this.portal(token.grant.memberId);
    const installation = portal?.installationOf(token.grant.clientId);
    if (!portal || !installation) throw new Refusal(commonRefusals.NO_AUTH_FOUND);
    return { result: portal.appInfo(installation) };
  }
}

function answerWith(answer: () => object, entry: RequestLogEntry): PortalReply {
  try {
    const body = answer();
    entry.ok = true;
    return jsonReply(200, body);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const { httpStatus: status, code, message: description } = thrown;
    entry.error = { status, code, description };
    return jsonReply(status, {
      error: code,
      ...(description === '' ? {} : { error_description: description }),
    });
  }
}
