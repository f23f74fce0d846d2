import type { Installation } from '../apps/installation';
import type { Caller } from '../rest/caller';
import { catalogue } from '../rest/catalogue';
import type { ParamsOf } from '../rest/catalogue';
import { installationOf, isAdmin, isMissing, paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { Refusal, wrongArgument } from '../rest/refusal';
import type { Binding } from './binding';
import { hasScopeOf, knownEvents } from './known-events';

const DEFAULT_MIN_TIMEOUT_SECONDS = 1;
const bindRefusals = catalogue['event.bind'].refusals;
const unbindRefusals = catalogue['event.unbind'].refusals;

/** event.bind */
export const bind: MethodHandler<'event.bind'> = (state, call) => {
  const params = paramsBy('event.bind', call.params);
  const installation = installationOf(state, call.caller);
  const event = params.event.toUpperCase();
  if (!hasScopeOf(event, call.caller.scopes)) throw new Refusal(bindRefusals.eventNotFound);
  const admin = isAdmin(state, call.caller);
  const offline = params.event_type === 'offline';
  if (offline && !admin) throw new Refusal(bindRefusals.offlineNeedsAdmin);
  const binding: Binding = {
    id: String(state.ids.next('handler', 1001)),
    event,
    handler: offline ? '' : checkedHandler(params.handler),
    authType: authTypeOf(params.auth_type, call.caller, admin),
    offline,
    connector: params.auth_connector ?? '',
    minTimeoutSeconds: minTimeoutOf(params.options),
  };
  if (installation.bindings.some((old) => isSame(old, binding))) throw new Refusal(bindRefusals.alreadyBound);
  installation.bindings = [...installation.bindings, binding];
  return { result: true };
};

/**
 * event.unbind: by the very address it was bound with; an offline binding has no address, but may have a connector.
 * Without auth_type, whoever it was bound for.
 */
export const unbind: MethodHandler<'event.unbind'> = (state, call) => {
  const params = paramsBy('event.unbind', call.params);
  const installation = installationOf(state, call.caller);
  const admin = isAdmin(state, call.caller);
  const offline = params.event_type === 'offline';
  if (offline && !admin) throw new Refusal(unbindRefusals.offlineNeedsAdmin);
  const authType = authTypeToUnbind(params, call.caller, admin);
  const connector = call.params.auth_connector ?? '';
  const gone = installation.bindings.filter(
    (binding) =>
      binding.event === params.event.toUpperCase() &&
      binding.offline === offline &&
      (offline ? binding.connector === connector : binding.handler === params.handler) &&
      (authType === undefined || binding.authType === authType),
  );
  installation.bindings = installation.bindings.filter((binding) => !gone.includes(binding));
  return { result: { count: gone.length } };
};

/** event.get: an ordinary user sees the handlers bound for himself only. */
export const get: MethodHandler<'event.get'> = (state, { caller }) => {
  const admin = isAdmin(state, caller);
  const visible = installationOf(state, caller).bindings.filter(
    ({ authType }) => admin || authType === caller.userId,
  );
  return {
    result: visible.map(({ event, handler, authType, offline }) => ({
      event,
      handler,
      auth_type: String(authType),
      offline: offline ? 1 : 0,
    })),
  };
};

/** events: what can be bound; of one scope, or all there are. */
export const events: MethodHandler<'events'> = (_state, { params: raw, caller }) => {
  const { SCOPE, FULL } = paramsBy('events', raw);
  const names = Object.keys(knownEvents);
  if (SCOPE !== undefined) {
    const scope = SCOPE === 'basic' ? '' : SCOPE;
    return { result: names.filter((name) => knownEvents[name] === scope) };
  }
  return { result: FULL === true ? names : names.filter((name) => hasScopeOf(name, caller.scopes)) };
};

function checkedHandler(handler: string | undefined): string {
  if (handler === undefined || !/^https?:\/\//.test(handler) || !URL.canParse(handler))
    throw wrongArgument('handler', 'an absolute http or https address is expected');
  return handler;
}

/** An administrator may name anybody; whoever is bound by an ordinary user brings that user's tokens. */
function authTypeOf(
  sent: ParamsOf<'event.bind'>['auth_type'],
  caller: Caller,
  admin: boolean,
): Binding['authType'] {
  if (admin) return sent === undefined || sent === '' ? 0 : sent;
  if (!isMissing(sent) && sent !== 0 && sent !== caller.userId)
    throw new Refusal(bindRefusals.authTypeNeedsAdmin);
  return caller.userId;
}

function authTypeToUnbind(
  { auth_type: sent }: ParamsOf<'event.unbind'>,
  caller: Caller,
  admin: boolean,
): number | undefined {
  if (admin) return sent === '' ? 0 : sent;
  if (!isMissing(sent) && sent !== caller.userId) throw new Refusal(unbindRefusals.authTypeNeedsAdmin);
  return caller.userId;
}

function minTimeoutOf(options: Readonly<Record<string, unknown>> | undefined): number {
  const sent = options?.minTimeout;
  return isMissing(sent) ? DEFAULT_MIN_TIMEOUT_SECONDS : Number(sent);
}

function isSame(a: Installation['bindings'][number], b: Binding): boolean {
  return (
    a.event === b.event &&
    a.offline === b.offline &&
    a.handler === b.handler &&
    a.authType === b.authType &&
    a.connector === b.connector
  );
}
