import { AddressGuard, PortalError, Secret, type OAuthTokens, type RefreshRequest } from '@app/bitrix24';
import type { Renewal, RenewalBasis } from '@app/store';
import { RenewTokens } from './renew-tokens';

const TOKENS: OAuthTokens = {
  accessToken: new Secret('fresh'),
  refreshToken: new Secret('next'),
  expiresAt: 1_800_000_000_000,
  clientEndpoint: 'https://acme.bitrix24.com/rest/',
  serverEndpoint: 'https://oauth.bitrix24.tech/rest/',
  memberId: 'acme',
  scope: ['telephony'],
  status: 'L',
};

const BASIS: RenewalBasis = {
  memberId: 'acme',
  credentials: {
    accessToken: 'stale',
    refreshToken: 'refresh',
    serverEndpoint: 'https://oauth.bitrix24.tech/rest/',
  },
  app: { appId: 'app-1', kind: 'local', clientId: 'local.1', clientSecret: 'client-secret' },
};

/** What the store is told, and what it says: the store itself is tested with Postgres. */
class OneRenewal {
  renewal: Renewal | undefined;
  readonly requests: RefreshRequest[] = [];

  constructor(
    private readonly basis: RenewalBasis,
    private readonly answer: OAuthTokens | Error,
  ) {}

  run(): Promise<string> {
    const renewTokens = new RenewTokens(this.store, this.oauth, {
      rules: new AddressGuard(),
      now: () => 1_000_000,
    });
    return renewTokens.renew('portal-1', 'stale');
  }

  private readonly store = {
    renewTokens: async (_id: string, _stale: string, refresh: (basis: RenewalBasis) => Promise<Renewal>) => {
      this.renewal = await refresh(this.basis);
      return this.renewal.kind === 'renewed' ? this.renewal.credentials.accessToken : undefined;
    },
  };

  private readonly oauth = {
    knows: (host: string) => host.startsWith('https://oauth.bitrix'),
    refresh: (request: RefreshRequest) => {
      this.requests.push(request);
      return this.answer instanceof Error ? Promise.reject(this.answer) : Promise.resolve(this.answer);
    },
  };
}

const errorOf = async (renewal: OneRenewal): Promise<PortalError> => {
  const error: unknown = await renewal.run().catch((thrown: unknown) => thrown);
  if (error instanceof PortalError) return error;
  throw new Error('it was renewed');
};

describe('renewing tokens', () => {
  it('asks the OAuth server of the portal with the secret of its application', async () => {
    const one = new OneRenewal(BASIS, TOKENS);
    expect(await one.run()).toBe('fresh');
    expect(
      one.requests.map(({ clientSecret, refreshToken, ...rest }) => [
        rest,
        clientSecret.reveal(),
        refreshToken.reveal(),
      ]),
    ).toEqual([
      [{ oauthHost: 'https://oauth.bitrix24.tech/rest/', clientId: 'local.1' }, 'client-secret', 'refresh'],
    ]);
    expect(one.renewal).toEqual({
      kind: 'renewed',
      credentials: {
        accessToken: 'fresh',
        refreshToken: 'next',
        expiresAt: 1_800_000_000_000,
        serverEndpoint: 'https://oauth.bitrix24.tech/rest/',
      },
      place: { endpoint: 'https://acme.bitrix24.com/rest/', domain: 'acme.bitrix24.com' },
      scope: ['telephony'],
      appStatus: 'L',
    });
  });

  it('believes no answer that names another OAuth server or a place inside', async () => {
    const one = new OneRenewal(BASIS, {
      ...TOKENS,
      serverEndpoint: 'https://evil.example/rest/',
      clientEndpoint: 'https://10.0.0.1/rest/',
    });
    await one.run();
    expect(one.renewal).toMatchObject({
      credentials: { serverEndpoint: 'https://oauth.bitrix24.tech/rest/' },
      place: undefined,
    });
  });

  it('takes no tokens of another portal', async () => {
    const one = new OneRenewal(BASIS, { ...TOKENS, memberId: 'globex' });
    expect(await errorOf(one)).toMatchObject({ verdict: 'ask-a-person' });
    expect(one.renewal).toMatchObject({ kind: 'refused' });
  });

  it.each([
    ['tokens that were given up', { credentials: undefined }],
    ['an application', { app: undefined }],
    ['a refresh token', { credentials: { accessToken: 'stale' } }],
  ])('asks nobody without %s', async (_what, lacks) => {
    const one = new OneRenewal({ ...BASIS, ...lacks }, TOKENS);
    expect(await errorOf(one)).toMatchObject({ kind: 'refresh-token-dead', verdict: 'ask-a-person' });
    expect(one.requests).toEqual([]);
  });

  it('asks nobody when only an installation can help, and leaves the trouble as it is', async () => {
    const trouble = { kind: 'uninstalled', reason: 'it was removed', cure: 'install it' };
    const one = new OneRenewal({ ...BASIS, trouble }, TOKENS);
    expect(await errorOf(one)).toMatchObject({ verdict: 'ask-a-person', description: 'it was removed' });
    expect(one.requests).toEqual([]);
    expect(one.renewal).toEqual({ kind: 'refused', trouble });
  });

  it('asks again when the trouble may have passed', async () => {
    const trouble = { kind: 'no-rest-on-this-plan', reason: 'not paid', cure: 'pay' };
    expect(await new OneRenewal({ ...BASIS, trouble }, TOKENS).run()).toBe('fresh');
  });

  it('does not renew again what was renewed a moment ago: who refreshes too often is blocked', async () => {
    const one = new OneRenewal({ ...BASIS, renewedMsAgo: 4_000 }, TOKENS);
    expect(await errorOf(one)).toMatchObject({ verdict: 'wait-until', until: 1_006_000 });
    expect(one.requests).toEqual([]);
    expect(await new OneRenewal({ ...BASIS, renewedMsAgo: 10_000 }, TOKENS).run()).toBe('fresh');
  });

  it('keeps nothing of an error that passes', async () => {
    const away = new PortalError({
      method: 'oauth.token',
      kind: 'timeout',
      verdict: 'retry',
      code: '',
      description: '',
    });
    const one = new OneRenewal(BASIS, away);
    expect(await errorOf(one)).toBe(away);
    expect(one.renewal).toBeUndefined();
  });
});
