import type { PortalApp, PortalApps } from './ports';
import { Refusal } from './refusal';
import { storeAnswer } from './store-answer';

/** Whose address was called: every application has an unguessable one. */
export class KnownApps {
  constructor(
    private readonly apps: PortalApps,
    private readonly storeMs: number,
  ) {}

  /**
   * The application of this key.
   *
   * @throws Refusal `not-found`, just as for a path that does not exist; `store-unavailable`
   */
  async byKey(installKey: string): Promise<PortalApp> {
    const app = await storeAnswer(this.apps.byInstallKey(installKey), this.storeMs);
    if (app === undefined) throw new Refusal('not-found');
    return app;
  }
}
