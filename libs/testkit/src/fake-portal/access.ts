import { commonRefusals } from '@app/bitrix24/contract';
import type { MethodContract } from '@app/bitrix24/contract';
import type { Clock } from './clock';
import type { Ids } from './ids';
import { Refusal } from './refusal';

/** Who sends a request. */
export interface Caller {
  readonly via: 'app' | 'webhook';
  /** Of the application, or of the webhook: de-duplication and the operating budget count per application. */
  readonly appId: string;
  readonly appName: string;
  /** Owner of the token: requests run with his rights. */
  readonly userId: number;
  readonly scopes: readonly string[];
}

interface Grant extends Caller {
  readonly expiresAt: number;
}

export interface TokenOptions {
  readonly userId?: number;
  readonly scopes?: readonly string[];
  readonly appId?: string;
  /** An access token lives one hour. */
  readonly ttlSeconds?: number;
}

const ALL_SCOPES = ['telephony', 'user_basic', 'crm'] as const;
const ACCESS_TOKEN_SECONDS = 3600;

/** Access tokens and inbound webhooks, and what they may do. */
export class Access {
  readonly #grants = new Map<string, Grant>();
  readonly #webhooks = new Map<string, Caller>();

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** A new access token of an application. */
  issueToken(options: TokenOptions = {}): string {
    const token = this.ids.hex(32);
    const { userId = 1, scopes = ALL_SCOPES, appId = '3', ttlSeconds = ACCESS_TOKEN_SECONDS } = options;
    const expiresAt = this.clock.now() + ttlSeconds * 1000;
    this.#grants.set(token, { via: 'app', appId, appName: 'connector', userId, scopes, expiresAt });
    return token;
  }

  /** A new inbound webhook; its requests go to `/rest/{userId}/{code}/{method}`. */
  issueWebhook({ userId = 1, scopes = ALL_SCOPES }: Omit<TokenOptions, 'ttlSeconds'> = {}): string {
    const code = this.ids.hex(16);
    const caller = { via: 'webhook', appId: `webhook-${code}`, appName: 'webhook', userId, scopes } as const;
    this.#webhooks.set(`${userId}/${code}`, caller);
    return code;
  }

  /** Makes a token stale before its time. */
  expire(token: string): void {
    const grant = this.#grants.get(token);
    if (grant) this.#grants.set(token, { ...grant, expiresAt: this.clock.now() });
  }

  /** @throws Refusal 401 expired_token or NO_AUTH_FOUND */
  byToken(token: unknown): Caller {
    const grant = typeof token === 'string' ? this.#grants.get(token) : undefined;
    if (!grant) throw new Refusal(commonRefusals.NO_AUTH_FOUND);
    if (grant.expiresAt <= this.clock.now()) throw new Refusal(commonRefusals.expired_token);
    return grant;
  }

  /** @throws Refusal 401 NO_AUTH_FOUND */
  byWebhook(userId: string, code: string): Caller {
    const caller = this.#webhooks.get(`${userId}/${code}`);
    if (!caller) throw new Refusal(commonRefusals.NO_AUTH_FOUND);
    return caller;
  }
}

/** @throws Refusal 403 insufficient_scope or WRONG_AUTH_TYPE */
export function checkAccess(caller: Caller, method: MethodContract): void {
  if (!method.scopes.some((scope) => caller.scopes.includes(scope)))
    throw new Refusal(commonRefusals.insufficient_scope);
  if (method.auth === 'app-only' && caller.via === 'webhook')
    throw new Refusal(commonRefusals.WRONG_AUTH_TYPE);
}
