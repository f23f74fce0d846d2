import { emit } from '../events/emit';
import { eventAuth } from '../events/event-auth';
import type { PortalState } from '../portal-state';
import { createInstallation } from './create-installation';
import { usesApiOnly } from './fake-app';
import type { AppChanges, AppOptions, FakeApp } from './fake-app';
import { openFrame } from './frame-post';
import type { FrameAnswer, FrameOptions } from './frame-post';
import type { Installation } from './installation';

export interface ByUser {
  /** Who does it; default user 1. */
  readonly userId?: number;
}

/**
 * What an administrator does with applications. "Uses API only": `install` is all, and ONAPPINSTALL goes to the
 * installation path. With UI: `install`, then `open` (the frame, as often as one likes), then `finishInstall` once;
 * until then no event is sent. Asking for what no portal would do is an Error.
 */
export class AppDesk {
  constructor(
    private readonly state: PortalState,
    private readonly fetch: typeof globalThis.fetch,
  ) {}

  /** A local application, for this portal alone. One for many portals: `OAuthServer.register`. */
  add(options: AppOptions = {}): FakeApp {
    return this.state.oauth.register(options, this.state.identity.memberId);
  }

  /** The application as it is installed here. */
  get(app: FakeApp): Installation {
    const installation = this.state.installed.byClientId(app.clientId);
    if (!installation) throw new Error(`${app.clientId} is not installed on ${this.state.identity.origin}`);
    return installation;
  }

  install(app: FakeApp, { userId = 1 }: ByUser = {}): Installation {
    const { identity, installed } = this.state;
    if (app.kind === 'local' && app.ownerMemberId !== identity.memberId)
      throw new Error(`${app.clientId} is a local application of another portal`);
    if (installed.byClientId(app.clientId)) throw new Error(`${app.clientId} is installed already`);
    const installation = createInstallation(this.state, app, { userId });
    if (usesApiOnly(app)) this.#tellInstallationPath(installation);
    return installation;
  }

  /** Somebody edits the card of the application; nobody is told. */
  edit(app: FakeApp, changes: AppChanges): void {
    Object.assign(app, changes);
  }

  /**
   * "Reinstall" of a local application: its bindings, placements and tokens are gone, and it is installed anew under
   * the same client_id, with a new application_token. What exactly a portal keeps is not documented.
   */
  reinstall(app: FakeApp, { userId = 1 }: ByUser = {}): Installation {
    const { installed } = this.state;
    const { appId } = this.get(app);
    installed.remove(this.get(app));
    this.#revokeTokens(app);
    const installation = createInstallation(this.state, app, { userId, appId });
    if (usesApiOnly(app)) this.#tellInstallationPath(installation);
    return installation;
  }

  /** Opens the application in a frame: its installation page until the installation is finished, then its own. */
  open(app: FakeApp, options: FrameOptions = {}): Promise<FrameAnswer> {
    return openFrame(this.state, this.fetch, this.get(app), options);
  }

  /** BX24.installFinish() in the page of an application with UI. From now on it gets events. */
  finishInstall(app: FakeApp): void {
    const installation = this.get(app);
    if (usesApiOnly(app)) throw new Error('BX24.installFinish is not for applications that use the API only');
    installation.isFinished = true;
    emit(this.state, {
      event: 'ONAPPINSTALL',
      data: this.#installData(installation),
      userId: installation.installedBy,
      only: installation,
      withRefreshToken: true,
    });
  }

  /** Removes it; its bindings and tokens are gone. `clean`: the administrator wants its data erased. */
  uninstall(app: FakeApp, { clean = false }: { readonly clean?: boolean } = {}): void {
    const { installed, oauth, conditions } = this.state;
    const installation = this.get(app);
    emit(this.state, {
      event: 'ONAPPUNINSTALL',
      data: { LANGUAGE_ID: conditions.languageId, CLEAN: clean ? 1 : 0 },
      only: installation,
      withoutTokens: true,
    });
    installed.remove(installation);
    this.#revokeTokens(app);
    if (app.kind === 'local') oauth.withdraw(app);
  }

  /** A new version: a new application_token and new tokens come with the event, and the bindings are gone. */
  update(app: FakeApp): void {
    const installation = this.get(app);
    const previous = installation.version;
    installation.version += 1;
    installation.applicationToken = this.state.oauth.ids.hex(32);
    emit(this.state, {
      event: 'ONAPPUPDATE',
      data: {
        VERSION: installation.version,
        PREVIOUS_VERSION: previous,
        LANGUAGE_ID: this.state.conditions.languageId,
      },
      userId: installation.installedBy,
      only: installation,
      withRefreshToken: true,
    });
    installation.bindings = [];
    installation.placements = [];
  }

  #revokeTokens(app: FakeApp): void {
    const { identity, oauth } = this.state;
    oauth.tokens.revoke(
      ({ memberId, clientId }) => memberId === identity.memberId && clientId === app.clientId,
    );
  }

  #tellInstallationPath(installation: Installation): void {
    const data = this.#installData(installation);
    emit(this.state, { event: 'ONAPPINSTALL', data, only: installation });
    const { installUrl } = installation.app;
    if (installUrl === undefined) return;
    this.state.post.send({
      event: 'ONAPPINSTALL',
      handler: installUrl,
      appId: installation.appId,
      data,
      bindingId: undefined,
      auth: eventAuth(this.state, installation, {
        userId: installation.installedBy,
        withRefreshToken: true,
        scopeSeparator: ' ',
      }),
    });
  }

  #installData({ version, isFinished }: Installation): Readonly<Record<string, unknown>> {
    const { languageId } = this.state.conditions;
    return {
      VERSION: version,
      ACTIVE: 'Y',
      INSTALLED: isFinished ? 'Y' : 'N',
      LANGUAGE_ID: languageId,
    };
  }
}
