import { createInstallation } from './apps/create-installation';
import type { FakeApp } from './apps/fake-app';
import type { Company } from './company/company';
import type { PortalConditions } from './portal-conditions';
import type { PortalState } from './portal-state';
import { CONNECTOR_APP_ID } from './rest/caller';

export interface ResetOptions {
  /** Applications stay as they are: installed, bound, with their tokens. Default: only the first one, as it was. */
  readonly keepApps?: boolean;
}

/** What a portal is on its first day, so that it can have that day again. */
export class FirstDay {
  readonly #company: Company;
  readonly #conditions: PortalConditions;

  readonly #card: FakeApp;

  /** @param app the application it starts with */
  constructor(
    private readonly state: PortalState,
    private readonly app: FakeApp,
  ) {
    this.#card = { ...app };
    this.#company = structuredClone(state.company);
    this.#conditions = structuredClone(state.conditions);
  }

  /**
   * Brings it back: everybody is there again and nothing has happened. Its name (member_id) and its present address
   * stay, the clock goes on, and no id is given out a second time.
   */
  bringBack({ keepApps = false }: ResetOptions): void {
    this.#forgetCalls();
    restore(this.state.company, structuredClone(this.#company));
    Object.assign(this.state.conditions, this.#conditions);
    this.state.limits.reset();
    this.state.post.clear();
    this.state.oauth.clearLog();
    this.state.identity.formerOrigins.clear();
    if (keepApps) for (const { offline } of this.state.installed.all) offline.clear();
    else this.#firstAppAlone();
  }

  #forgetCalls(): void {
    const { calls, screens, statistics, activities, recordings, transcripts, uploads } = this.state;
    for (const book of [calls, screens, statistics, activities, recordings, transcripts, uploads])
      book.clear();
    const { chat, notices, messages, events, remarks } = this.state;
    for (const list of [chat, notices, messages, events, remarks]) list.length = 0;
  }

  #firstAppAlone(): void {
    const { identity, installed, oauth, outgoing } = this.state;
    oauth.forget(identity.memberId);
    for (const installation of installed.all) installed.remove(installation);
    Object.assign(this.app, this.#card);
    oauth.readmit(this.app);
    createInstallation(this.state, this.app, { userId: 1, appId: CONNECTOR_APP_ID });
    outgoing.byDefault = { appId: CONNECTOR_APP_ID, line: null };
    outgoing.ofUser.clear();
  }
}

/** Lists are filled anew and stay the same lists, for whoever holds them. */
function restore(company: Company, first: Company): void {
  company.users.splice(0, company.users.length, ...first.users);
  company.crm.splice(0, company.crm.length, ...first.crm);
  company.lines.splice(0, company.lines.length, ...first.lines);
  company.sources.splice(0, company.sources.length, ...first.sources);
  company.crmMode = first.crmMode;
  company.crmInstalled = first.crmInstalled;
}
