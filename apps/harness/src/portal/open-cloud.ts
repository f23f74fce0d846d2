import { AdjustableClock, ENTERPRISE, FakeCloud, STANDARD } from '@app/testkit';
import type { AppOptions, FakePortal } from '@app/testkit';
import { UsageError } from '../usage-error';
import type { PortalOptions } from './options';
import { readCompany } from './read-company';

/** Everything a connector may ask for. */
const SCOPES = ['telephony', 'user_basic', 'crm', 'im', 'placement', 'timeman', 'department'];

/** Portals that listen, and their OAuth server. */
export interface OpenCloud {
  readonly cloud: FakeCloud;
  close(): Promise<void>;
}

/**
 * Makes the portals and lets them listen.
 *
 * @throws UsageError if the company or a port cannot be had
 */
export async function openCloud(options: PortalOptions): Promise<OpenCloud> {
  const { host, port, name, portals, seed } = options;
  const cloud = new FakeCloud({ clock: new AdjustableClock(), seed });
  for (let count = 0; count < portals; count += 1) addPortal(cloud, options);
  try {
    const running = await cloud.listen({ host, port, name });
    return { cloud, close: () => running.close() };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const cure = error.code === 'EADDRINUSE' ? ' Choose another --port, or 0 for a free one.' : '';
    throw new UsageError(`It cannot listen there: ${error.message}.${cure}`, { cause: error });
  }
}

function addPortal(cloud: FakeCloud, options: PortalOptions): FakePortal {
  const company = readCompany(options.companyFile);
  if (options.crmMode !== undefined) company.crmMode = options.crmMode;
  const app: AppOptions = { name: 'connector', scopes: SCOPES, redirectUri: options.redirectUri };
  return cloud.addPortal({
    // until it listens
    origin: 'http://127.0.0.1',
    company,
    app,
    rateFactor: options.rateFactor,
    license: options.enterprise ? ENTERPRISE : STANDARD,
    coreErrorCode: options.errorCodes === 'field' ? '' : 'ERROR_CORE',
  });
}
