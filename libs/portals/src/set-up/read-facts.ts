import { requestLimitOf, type ResultOf } from '@app/bitrix24/contract';
import type { PortalStore } from '@app/store';
import type { PacedSessions, PortalRequests } from '../paced-sessions';
import type { SetUpStep } from '../set-up-portal';
import { appProblems } from './app-facts';

/** What a portal tells of our application. */
export interface PortalFacts {
  readonly app: ResultOf<'app.info'>;
  readonly scope: readonly string[];
}

/** The first step of a set-up: what the application may do, how it was paid for, and which limit the plan has. */
export class ReadFacts implements SetUpStep {
  readonly name = 'licence and permissions';

  constructor(
    private readonly sessions: Pick<PacedSessions, 'with'>,
    private readonly portals: Pick<PortalStore, 'saveFacts' | 'learnRateLimit'>,
  ) {}

  async run(portalId: string): Promise<string | undefined> {
    const { app, scope } = await this.sessions.with(portalId, readFacts);
    await this.portals.saveFacts(portalId, {
      scope,
      appStatus: app.STATUS ?? undefined,
      license: app.LICENSE ?? undefined,
    });
    await this.portals.learnRateLimit(portalId, requestLimitOf(app.LICENSE_FAMILY));
    const problems = appProblems(app, scope)
      .filter(({ isVital }) => isVital)
      .map(({ text, cure }) => `${text} ${cure}`);
    return problems.length === 0 ? undefined : problems.join('\n');
  }
}

/** Asks for them. Throws PortalError. */
export async function readFacts(requests: PortalRequests): Promise<PortalFacts> {
  const { result: app } = await requests.call('app.info', {});
  const { result: scope } = await requests.call('scope', {});
  return { app, scope };
}
