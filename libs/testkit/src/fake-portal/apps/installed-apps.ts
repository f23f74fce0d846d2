import type { Installation } from './installation';

/** The applications on a portal. */
export class InstalledApps {
  readonly #byId = new Map<string, Installation>();

  get all(): readonly Installation[] {
    return [...this.#byId.values()];
  }

  add(installation: Installation): void {
    this.#byId.set(installation.appId, installation);
  }

  remove(installation: Installation): void {
    this.#byId.delete(installation.appId);
  }

  byId(appId: string): Installation | undefined {
    return this.#byId.get(appId);
  }

  byClientId(clientId: string): Installation | undefined {
    return this.all.find(({ app }) => app.clientId === clientId);
  }
}
