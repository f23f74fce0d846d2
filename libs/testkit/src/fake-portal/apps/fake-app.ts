import type { Ids } from '../ids';

/** L local, F free, D demo, T trial, P paid, S by subscription. */
export type AppStatus = 'L' | 'F' | 'D' | 'T' | 'P' | 'S';

/** The card of an application, as its maker fills it in. */
export interface AppOptions {
  readonly name?: string;
  /** Default: those a telephony connector needs. */
  readonly scopes?: readonly string[];
  /** "Initial installation path": gets ONAPPINSTALL (API only) or the first frame. Default: nobody is called. */
  readonly installUrl?: string;
  /** The page of an application with UI. Without one it is "Uses API only". */
  readonly handlerUrl?: string;
  /** Where the browser goes back to with a code. */
  readonly redirectUri?: string;
  /** Default L for a local application, F for one of the Market. */
  readonly status?: AppStatus;
  readonly clientId?: string;
  readonly clientSecret?: string;
}

/** What can be changed in the card later on; tokens that were given out keep their scopes. */
export type AppChanges = Partial<
  Pick<FakeApp, 'name' | 'scopes' | 'installUrl' | 'handlerUrl' | 'redirectUri'>
>;

/** An application: local (made on one portal, for it alone) or of the Market (one for many portals). */
export interface FakeApp {
  readonly kind: 'local' | 'market';
  readonly clientId: string;
  readonly clientSecret: string;
  name: string;
  scopes: readonly string[];
  installUrl: string | undefined;
  handlerUrl: string | undefined;
  redirectUri: string | undefined;
  readonly status: AppStatus;
  /** The portal of a local application. */
  readonly ownerMemberId: string | undefined;
}

export const CONNECTOR_SCOPES = ['telephony', 'user_basic', 'crm'] as const;

/** Client ids look as those of the documentation: `local.` or `app.`, hexadecimal digits, digits. */
export function makeApp(options: AppOptions, ids: Ids, ownerMemberId?: string): FakeApp {
  const kind = ownerMemberId === undefined ? 'market' : 'local';
  const prefix = kind === 'local' ? 'local' : 'app';
  const serial = String(ids.next('client', 10000001));
  return {
    kind,
    ownerMemberId,
    clientId: options.clientId ?? `${prefix}.${ids.hex(14)}.${serial}`,
    clientSecret: options.clientSecret ?? ids.hex(50),
    name: options.name ?? 'connector',
    scopes: options.scopes ?? CONNECTOR_SCOPES,
    installUrl: options.installUrl,
    handlerUrl: options.handlerUrl,
    redirectUri: options.redirectUri,
    status: options.status ?? (kind === 'local' ? 'L' : 'F'),
  };
}

/** "Uses API only": installed by its maker's say, without a page that has to finish the installation. */
export const usesApiOnly = (app: FakeApp): boolean => app.handlerUrl === undefined;
