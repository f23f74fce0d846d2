import { createSecretKey, randomBytes } from 'node:crypto';
import { AddressGuard, OAuthClient, PortalClient } from '@app/bitrix24';
import {
  ChoreStore,
  type createDataSource,
  DirectoryStore,
  PhoneStore,
  PortalAppStore,
  PortalEventStore,
  PortalLineStore,
  PortalStore,
  RateGovernor,
  SecretBox,
  SetUpStore,
} from '@app/store';
import { PacedSessions } from '../paced-sessions';
import { PortalSessions } from '../portal-sessions';
import { PortalTroubles } from '../portal-troubles';
import { RenewTokens } from '../renew-tokens';
import { AddLines } from '../set-up/add-lines';
import { BindEvents } from '../set-up/bind-events';
import { ReadFacts } from '../set-up/read-facts';
import { ReadUsers } from '../set-up/read-users';
import { SetUpPortal } from '../set-up-portal';

export const PUBLIC_URL = 'https://connector.example';
const SECRETS = new SecretBox([{ id: 'test', key: createSecretKey(randomBytes(32)) }]);
const silent = { error: () => undefined, info: () => undefined };

type DataSource = Awaited<ReturnType<ReturnType<typeof createDataSource>['initialize']>>;

/** A portal with its application, as the fake one has them. */
export interface PortalToInstall {
  readonly memberId: string;
  readonly origin: string;
  readonly app: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly scopes: readonly string[];
  };
  readonly oauth: {
    readonly origin: string;
    readonly tokens: {
      issuePair(grant: {
        readonly memberId: string;
        readonly clientId: string;
        readonly userId: number;
        readonly scopes: readonly string[];
      }): { readonly accessToken: string; readonly refreshToken: string };
    };
  };
}

/** What one deployment of ours has, on a migrated database; its requests are real ones, to this machine. */
export class Deployment {
  readonly portals: PortalStore;
  readonly apps: PortalAppStore;
  readonly setUps: SetUpStore;
  readonly chores: ChoreStore;
  readonly phones: PhoneStore;
  readonly lines: PortalLineStore;
  readonly directory: DirectoryStore;
  readonly inbox: PortalEventStore;
  readonly rate: RateGovernor;
  readonly sessions: PacedSessions;

  /** @param oauthOrigin the OAuth server that is trusted besides those of Bitrix24 */
  constructor(
    readonly dataSource: DataSource,
    oauthOrigin: string,
  ) {
    this.portals = new PortalStore(dataSource, SECRETS);
    this.apps = new PortalAppStore(dataSource, SECRETS);
    this.setUps = new SetUpStore(dataSource);
    this.chores = new ChoreStore(dataSource);
    this.phones = new PhoneStore(dataSource);
    this.lines = new PortalLineStore(dataSource);
    this.directory = new DirectoryStore(dataSource);
    this.inbox = new PortalEventStore(dataSource);
    this.rate = new RateGovernor(dataSource);
    const guard = new AddressGuard({ allow: ['http://127.0.0.1:*'] });
    const options = { userAgent: 'connector/1.0', timeoutMs: 5_000, checkAddress: guard.check };
    const oauth = new OAuthClient({ ...options, moreOrigins: [oauthOrigin] });
    const tokens = new RenewTokens(this.portals, oauth, { rules: guard, freshForMs: 0 });
    const troubles = new PortalTroubles(this.portals, guard, silent);
    const sessions = new PortalSessions(this.portals, tokens, troubles);
    this.sessions = new PacedSessions(sessions, new PortalClient(options), this.rate, { egress: 'test' });
  }

  /** Installs the application of a portal; gives our id of the portal. */
  async install({ memberId, origin, app, oauth }: PortalToInstall, userId = 1): Promise<string> {
    const { clientId, clientSecret, scopes } = app;
    const { appId } = await this.apps.add({ kind: 'local', clientId, clientSecret });
    const pair = oauth.tokens.issuePair({ memberId, clientId, userId, scopes });
    const { portalId } = await this.portals.install({
      memberId,
      domain: new URL(origin).hostname,
      endpoint: `${origin}/rest/`,
      credentials: { ...pair, serverEndpoint: `${oauth.origin}/rest/` },
      settings: { defaultUserId: 1 },
      appId,
    });
    return portalId;
  }

  get readUsers(): ReadUsers {
    return new ReadUsers(this.sessions, this.phones, this.directory, this.chores);
  }

  /** The whole set-up, as the worker has it. */
  setUp(publicUrl: string | undefined = PUBLIC_URL): SetUpPortal {
    const { sessions, portals, apps, lines } = this;
    return new SetUpPortal(this.setUps, portals, [
      new ReadFacts(sessions, portals),
      new BindEvents(sessions, portals, apps, publicUrl),
      new AddLines(sessions, lines, portals),
      this.readUsers,
    ]);
  }
}
