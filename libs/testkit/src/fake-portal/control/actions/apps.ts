import { z } from 'zod';
import type { FakeApp } from '../../apps/fake-app';
import { usesApiOnly } from '../../apps/fake-app';
import { action, appOf, clientId, userId } from '../action';

const card = {
  name: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  installUrl: z.url().optional(),
  handlerUrl: z.url().optional(),
  redirectUri: z.url().optional(),
};
const byUser = { clientId, userId: userId.optional() };

const shown = (app: FakeApp) => ({
  kind: app.kind,
  clientId: app.clientId,
  clientSecret: app.clientSecret,
  name: app.name,
  scopes: app.scopes,
  usesApiOnly: usesApiOnly(app),
});

/** What an administrator does with applications. */
export const appActions = {
  'add-app': action(
    'Makes an application: local, or of the Market. Without handlerUrl it uses the API only. It is not installed yet.',
    z.strictObject({
      market: z.boolean().optional(),
      clientId: clientId.optional(),
      clientSecret: z.string().optional(),
      ...card,
    }),
    ({ apps, state }, { market, ...options }) =>
      shown(market === true ? state.oauth.register(options) : apps.add(options)),
  ),
  'edit-app': action(
    'Edits the card of an application; nobody is told.',
    z.strictObject({ clientId, ...card }),
    (portal, { clientId: id, ...changes }) => {
      portal.apps.edit(appOf(portal, id), changes);
      return shown(appOf(portal, id));
    },
  ),
  'install-app': action(
    'Installs it. One that uses the API only gets ONAPPINSTALL at its installUrl; one with a page is opened next.',
    z.strictObject(byUser),
    (portal, { clientId: id, ...by }) => {
      const { appId, applicationToken } = portal.apps.install(appOf(portal, id), by);
      return { appId, applicationToken };
    },
  ),
  'reinstall-app': action(
    'Installs it anew under its client_id: bindings and tokens are gone.',
    z.strictObject(byUser),
    (portal, { clientId: id, ...by }) => {
      const { appId, applicationToken } = portal.apps.reinstall(appOf(portal, id), by);
      return { appId, applicationToken };
    },
  ),
  'open-app': action(
    'A user opens its page in a frame: the POST with AUTH_ID. Gives what the page answered.',
    z.strictObject({
      ...byUser,
      placement: z.string().optional(),
      placementOptions: z.record(z.string(), z.unknown()).optional(),
    }),
    async (portal, { clientId: id, ...options }) => {
      const { status, body } = await portal.apps.open(appOf(portal, id), options);
      return { status, body };
    },
  ),
  'finish-install': action(
    'BX24.installFinish() in its page: events are sent from now on.',
    z.strictObject({ clientId }),
    (portal, body) => portal.apps.finishInstall(appOf(portal, body.clientId)),
  ),
  'update-app': action(
    'A new version: ONAPPUPDATE with a new application_token, and the bindings are gone.',
    z.strictObject({ clientId }),
    (portal, body) => portal.apps.update(appOf(portal, body.clientId)),
  ),
  'uninstall-app': action(
    'Removes it: ONAPPUNINSTALL, with CLEAN=1 if its data are to go.',
    z.strictObject({ clientId, clean: z.boolean().optional() }),
    (portal, { clientId: id, clean }) => portal.apps.uninstall(appOf(portal, id), { clean }),
  ),
  'choose-outgoing': action(
    'The application that clicks go to, for all or for one user; without clientId none.',
    z.strictObject({ clientId: clientId.optional(), line: z.string().optional(), userId: userId.optional() }),
    (portal, { clientId: id, ...options }) =>
      portal.chooseOutgoing(id === undefined ? undefined : appOf(portal, id), options),
  ),
  'app-status': action(
    'Whether the period of an application is paid for, and who may use it (null: everybody).',
    z.strictObject({
      clientId,
      isPaid: z.boolean().optional(),
      onlyUsers: z.array(userId).nullable().optional(),
    }),
    (portal, { clientId: id, isPaid, onlyUsers }) => {
      const installation = portal.apps.get(appOf(portal, id));
      if (isPaid !== undefined) installation.isPaid = isPaid;
      if (onlyUsers !== undefined) installation.onlyUsers = onlyUsers ?? undefined;
    },
  ),
} as const;
