import { Secret } from '@app/bitrix24';
import type { PortalAppStore } from '@app/store';

/** An application with its secret wrapped. */
export interface InstallableApp {
  readonly appId: string;
  readonly kind: 'local' | 'market';
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** The only portal of a local application, once it is installed. */
  readonly memberId?: string;
}

/** Applications by the addresses that were given to Bitrix24. Fits the public door's port `PortalApps`. */
export class InstallableApps {
  constructor(private readonly apps: Pick<PortalAppStore, 'byInstallKey'>) {}

  /** Undefined: no application has this key. Throws StoreError. */
  async byInstallKey(installKey: string): Promise<InstallableApp | undefined> {
    const app = await this.apps.byInstallKey(installKey);
    return app && { ...app, clientSecret: new Secret(app.clientSecret) };
  }
}
