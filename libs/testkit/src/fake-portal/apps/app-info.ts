import { catalogue } from '../rest/catalogue';
import type { WireResultOf } from '../rest/catalogue';
import type { MethodHandler } from '../rest/method-call';
import { Refusal } from '../rest/refusal';
import type { PortalConditions } from '../portal-conditions';
import type { Installation } from './installation';

/** What app.info tells of an application; the OAuth server gives the same, and is to be trusted. */
export function appInfoOf(
  installation: Installation,
  { license, languageId }: PortalConditions,
): WireResultOf<'app.info'> {
  const { app, appId, version, status, isFinished, isPaid } = installation;
  return {
    ID: Number(appId),
    CODE: app.clientId,
    VERSION: version,
    STATUS: status,
    INSTALLED: isFinished,
    PAYMENT_EXPIRED: isPaid ? 'N' : 'Y',
    DAYS: null,
    LANGUAGE_ID: languageId,
    LICENSE: `${languageId}_${license.type}`,
    LICENSE_TYPE: license.type,
    LICENSE_FAMILY: license.family,
  };
}

/** app.info on the portal: a webhook has no application. */
export const appInfo: MethodHandler<'app.info'> = (state, { caller }) => {
  const installation = state.installed.byId(caller.appId);
  if (!installation) throw new Refusal(catalogue['app.info'].refusals.noApplication);
  return { result: appInfoOf(installation, state.conditions) };
};
