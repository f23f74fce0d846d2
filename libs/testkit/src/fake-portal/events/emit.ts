import type { Installation } from '../apps/installation';
import type { PortalState } from '../portal-state';
import type { Binding } from './binding';
import { eventAuth } from './event-auth';

/** Something has happened on the portal. */
export interface Occasion {
  /** Upper case. */
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Who caused it; undefined: a visitor, a robot. */
  readonly userId?: number;
  /** Only this application is told; default everyone that has bound the event. */
  readonly only?: Installation;
  readonly withRefreshToken?: boolean;
  /** Even to a handler that was bound for a user: what is left has no tokens to give. */
  readonly withoutTokens?: boolean;
}

/**
 * Tells the applications that have bound the event: online handlers by post, offline bindings by a record in their
 * queue. An application whose installation is not finished gets nothing. Gives the number of handlers it is sent to.
 */
export function emit(state: PortalState, occasion: Occasion): number {
  state.events.push({ at: state.clock.now(), event: occasion.event, data: occasion.data });
  const told = state.installed.all.filter((app) => !occasion.only || occasion.only === app);
  return told.reduce((count, installation) => count + tell(state, installation, occasion), 0);
}

function tell(state: PortalState, installation: Installation, occasion: Occasion): number {
  const bindings = installation.bindings.filter(({ event }) => event === occasion.event);
  const online = bindings.filter(({ offline }) => !offline);
  for (const binding of online) sendTo(state, installation, binding, occasion);
  if (!installation.isFinished) return 0;
  const offline = bindings.filter((binding) => binding.offline);
  for (const binding of offline) keep(state, installation, binding, occasion);
  if (offline.length > 0) giveNotice(state, installation, occasion);
  return online.length;
}

function sendTo(state: PortalState, installation: Installation, binding: Binding, occasion: Occasion): void {
  const letter = {
    event: occasion.event,
    handler: binding.handler,
    appId: installation.appId,
    data: occasion.data,
    bindingId: binding.id,
  };
  if (!installation.isFinished) {
    state.post.drop({ ...letter, auth: {} });
    return;
  }
  const { withRefreshToken, withoutTokens } = occasion;
  const owner = binding.authType === 0 ? occasion.userId : binding.authType;
  const userId = withoutTokens === true ? undefined : owner;
  state.post.send({ ...letter, auth: eventAuth(state, installation, { userId, withRefreshToken }) });
}

function keep(state: PortalState, installation: Installation, binding: Binding, occasion: Occasion): void {
  const { event, data, userId } = occasion;
  installation.offline.add({ event, data, userId, connector: binding.connector, at: state.clock.now() });
}

/** ONOFFLINEEVENT: the queue got records; at most once in `minTimeout` seconds. */
function giveNotice(state: PortalState, installation: Installation, { userId }: Occasion): void {
  for (const binding of installation.bindings.filter(({ event }) => event === 'ONOFFLINEEVENT')) {
    const isDue = installation.offline.takeNotice(binding.id, binding.minTimeoutSeconds, state.clock.now());
    const notice = { event: 'ONOFFLINEEVENT', data: {}, userId, withRefreshToken: true };
    if (isDue) sendTo(state, installation, binding, notice);
  }
}
