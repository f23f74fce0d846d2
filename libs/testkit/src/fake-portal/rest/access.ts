import { commonRefusals } from '@app/bitrix24/contract';
import type { MethodContract } from '@app/bitrix24/contract';
import { CONNECTOR_SCOPES } from '../apps/fake-app';
import { createInstallation } from '../apps/create-installation';
import type { PortalState } from '../portal-state';
import type { Caller } from './caller';
import { CONNECTOR_APP_ID } from './caller';
import { Refusal } from './refusal';

export interface TokenOptions {
  readonly userId?: number;
  readonly scopes?: readonly string[];
  /** An application that is not installed yet is made. */
  readonly appId?: string;
  /** An access token lives one hour. */
  readonly ttlSeconds?: number;
}

/** Access tokens and inbound webhooks, and what they may do. */
export class Access {
  readonly #webhooks = new Map<string, Caller>();

  constructor(private readonly state: PortalState) {}

  /** A new access token of an application. */
  issueToken(options: TokenOptions = {}): string {
    const { userId = 1, scopes = CONNECTOR_SCOPES, appId = CONNECTOR_APP_ID, ttlSeconds } = options;
    const { identity, installed, oauth } = this.state;
    const { app } =
      installed.byId(appId) ??
      createInstallation(this.state, oauth.register({}, identity.memberId), { appId, userId });
    const grant = { memberId: identity.memberId, clientId: app.clientId, userId, scopes };
    return oauth.tokens.issueAccess(grant, ttlSeconds);
  }

  /** A new inbound webhook; its requests go to `/rest/{userId}/{code}/{method}`. */
  issueWebhook({ userId = 1, scopes = CONNECTOR_SCOPES }: Omit<TokenOptions, 'ttlSeconds'> = {}): string {
    const code = this.state.ids.hex(16);
    const caller = { via: 'webhook', appId: `webhook-${code}`, appName: 'webhook', userId, scopes } as const;
    this.#webhooks.set(`${userId}/${code}`, caller);
    return code;
  }

  /** Takes back all webhooks. */
  clear(): void {
    this.#webhooks.clear();
  }

  /** Makes a token stale before its time. */
  expire(token: string): void {
    this.state.oauth.tokens.expire(token);
  }

  /** @throws Refusal 401 expired_token or NO_AUTH_FOUND, 403 user_access_error */
  byToken(token: unknown): Caller {
    const { identity, installed, oauth } = this.state;
    const issued = typeof token === 'string' ? oauth.tokens.access(token) : undefined;
    const installation = issued && installed.byClientId(issued.grant.clientId);
    if (!installation || issued.grant.memberId !== identity.memberId)
      throw new Refusal(commonRefusals.NO_AUTH_FOUND);
    if (issued.isExpired) throw new Refusal(commonRefusals.expired_token);
    const { userId, scopes } = issued.grant;
    if (installation.onlyUsers?.includes(userId) === false)
      throw new Refusal(commonRefusals.user_access_error);
    return { via: 'app', appId: installation.appId, appName: installation.app.name, userId, scopes };
  }

  /** @throws Refusal 401 NO_AUTH_FOUND */
  byWebhook(userId: string, code: string): Caller {
    const caller = this.#webhooks.get(`${userId}/${code}`);
    if (!caller) throw new Refusal(commonRefusals.NO_AUTH_FOUND);
    return caller;
  }
}

/**
 * A method without scopes is `basic`: everybody has that.
 *
 * @throws Refusal 403 insufficient_scope or WRONG_AUTH_TYPE
 */
export function checkAccess(caller: Caller, method: MethodContract): void {
  if (!mayUse(caller, method)) throw new Refusal(commonRefusals.insufficient_scope);
  if (method.auth === 'app-only' && caller.via === 'webhook')
    throw new Refusal(method.refusals.wrongAuthType ?? commonRefusals.WRONG_AUTH_TYPE);
}

/** True if the scopes are enough. */
export function mayUse({ scopes }: Caller, method: MethodContract): boolean {
  const needed = method.scopes.filter((scope) => scope !== 'basic');
  return needed.length === 0 || needed.some((scope) => scopes.includes(scope));
}
