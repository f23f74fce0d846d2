import { z } from 'zod';
import type { AppDesk } from '../apps/app-desk';
import type { FakeApp } from '../apps/fake-app';
import { AdjustableClock, ManualClock } from '../clock';
import { EVENT_FAULT_KINDS } from '../events/event-faults';
import type { EventFault } from '../events/event-faults';
import { FAULT_KINDS } from '../faults/faults';
import type { Fault } from '../faults/faults';
import type { PortalState } from '../portal-state';
import type { TokenOptions } from '../rest/access';
import type { CallbackForm, Click } from '../telephony/clicks';

/** What the control API needs of a portal. */
export interface Controllable {
  readonly state: PortalState;
  readonly apps: AppDesk;
  issueToken(options: TokenOptions): string;
  inject(...faults: readonly Fault[]): void;
  click(clicked: Click): string | undefined;
  submitCallbackForm(form: CallbackForm): void;
  chooseOutgoing(
    app: FakeApp | undefined,
    options: { readonly line?: string; readonly userId?: number },
  ): void;
  dismiss(userId: number): void;
  rename(origin: string): void;
}

/** Carries out one action; the body is checked, the answer becomes JSON. */
export type Action = (portal: Controllable, body: unknown) => unknown;

const action =
  <Schema extends z.ZodType>(
    schema: Schema,
    act: (portal: Controllable, body: z.output<Schema>) => unknown,
  ): Action =>
  (portal, body) =>
    act(portal, schema.parse(body));

const userId = z.int().positive();
const crm = z.object({ type: z.enum(['CONTACT', 'COMPANY', 'LEAD', 'DEAL']), id: z.int() }).optional();
const ofApp = z.object({ clientId: z.string() });
const aimed = { nth: z.int().positive().optional(), times: z.int().positive().optional() };
const fault = z
  .looseObject({ kind: z.enum(FAULT_KINDS), method: z.string().optional(), ...aimed })
  .transform((value) => value as Fault);
const eventFault = z
  .looseObject({ kind: z.enum(EVENT_FAULT_KINDS), event: z.string().optional(), ...aimed })
  .transform((value) => value as EventFault);

function appOf({ state }: Controllable, clientId: string): FakeApp {
  const app = state.oauth.app(clientId);
  if (!app) throw new Error(`no application ${clientId}`);
  return app;
}

/** POST /control/{name} with a JSON object; README.md lists them. */
export const actions: Readonly<Record<string, Action>> = {
  click: action(
    z.object({
      userId,
      phoneNumber: z.string(),
      line: z.string().optional(),
      callListId: z.int().optional(),
      extension: z.string().optional(),
      isMobile: z.boolean().optional(),
      crm,
      withoutCallId: z.boolean().optional(),
    }),
    (portal, clicked) => ({ callId: portal.click(clicked) ?? null }),
  ),
  'callback-form': action(
    z.object({
      phoneNumber: z.string(),
      text: z.string().optional(),
      voice: z.string().optional(),
      crm,
      line: z.string().optional(),
    }),
    (portal, form) => portal.submitCallbackForm(form),
  ),
  fault: action(fault, (portal, value) => portal.inject(value)),
  'event-fault': action(eventFault, (portal, value) => portal.state.post.inject(value)),
  'oauth-fault': action(fault, (portal, value) => portal.state.oauth.inject(value)),
  'event-delay': action(z.object({ ms: z.int().nonnegative() }), ({ state }, { ms }) => {
    state.post.delayMs = ms;
  }),
  conditions: action(
    z.object({
      hasRest: z.boolean().optional(),
      isOverloaded: z.boolean().optional(),
      isDeleted: z.boolean().optional(),
    }),
    ({ state }, changes) => Object.assign(state.conditions, changes),
  ),
  token: action(
    z.object({ userId: userId.optional(), scopes: z.array(z.string()).optional() }),
    (portal, options) => ({ accessToken: portal.issueToken(options) }),
  ),
  'expire-token': action(z.object({ accessToken: z.string() }), ({ state }, { accessToken }) =>
    state.oauth.tokens.expire(accessToken),
  ),
  'advance-clock': action(z.object({ ms: z.int().positive() }), ({ state }, { ms }) => {
    const { clock } = state;
    if (!(clock instanceof AdjustableClock || clock instanceof ManualClock))
      throw new Error('this portal runs on a clock that cannot be moved');
    clock.advance(ms);
    return { now: clock.now() };
  }),
  apps: action(z.object({}), ({ state }) =>
    state.installed.all.map(({ app, appId, applicationToken, isFinished }) => ({
      appId,
      clientId: app.clientId,
      clientSecret: app.clientSecret,
      applicationToken,
      memberId: state.identity.memberId,
      isFinished,
    })),
  ),
  dismiss: action(z.object({ userId }), (portal, body) => portal.dismiss(body.userId)),
  rename: action(z.object({ origin: z.url() }), (portal, { origin }) =>
    portal.rename(new URL(origin).origin),
  ),
  'add-app': action(
    z.object({
      market: z.boolean().optional(),
      name: z.string().optional(),
      scopes: z.array(z.string()).optional(),
      installUrl: z.url().optional(),
      handlerUrl: z.url().optional(),
      redirectUri: z.url().optional(),
    }),
    ({ apps, state }, { market, ...options }) =>
      market === true ? state.oauth.register(options) : apps.add(options),
  ),
  'install-app': action(ofApp.extend({ userId: userId.optional() }), (portal, { clientId, ...by }) => {
    const { appId } = portal.apps.install(appOf(portal, clientId), by);
    return { appId };
  }),
  'open-app': action(
    ofApp.extend({ userId: userId.optional(), placement: z.string().optional() }),
    async (portal, { clientId, ...options }) => {
      const { status, body } = await portal.apps.open(appOf(portal, clientId), options);
      return { status, body };
    },
  ),
  'finish-install': action(ofApp, (portal, { clientId }) =>
    portal.apps.finishInstall(appOf(portal, clientId)),
  ),
  'update-app': action(ofApp, (portal, { clientId }) => portal.apps.update(appOf(portal, clientId))),
  'uninstall-app': action(ofApp.extend({ clean: z.boolean().optional() }), (portal, { clientId, clean }) =>
    portal.apps.uninstall(appOf(portal, clientId), { clean }),
  ),
  'choose-outgoing': action(
    z.object({ clientId: z.string().optional(), line: z.string().optional(), userId: userId.optional() }),
    (portal, { clientId, ...options }) =>
      portal.chooseOutgoing(clientId === undefined ? undefined : appOf(portal, clientId), options),
  ),
};
