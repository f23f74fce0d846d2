import type { PortalState } from '../portal-state';
import type { Caller } from '../rest/caller';
import { catalogue } from '../rest/catalogue';
import type { ParamsOf } from '../rest/catalogue';
import { installationOf, isAdmin, isMissing, paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { Refusal } from '../rest/refusal';
import type { Installation, Placement } from './installation';

const bindRefusals = catalogue['placement.bind'].refusals;
const unbindRefusals = catalogue['placement.unbind'].refusals;
const WORKER = 'PAGE_BACKGROUND_WORKER';
const SINGLE = [WORKER, 'REST_APP_URI'];

/** Places a telephony application may want, with the scope they need besides `placement`. */
const KNOWN: Readonly<Record<string, string | undefined>> = {
  CALL_CARD: 'telephony',
  TELEPHONY_ANALYTICS_MENU: 'telephony',
  [WORKER]: undefined,
  REST_APP_URI: undefined,
  ...Object.fromEntries(
    ['LEAD', 'DEAL', 'CONTACT', 'COMPANY'].flatMap((type) =>
      [
        'DETAIL_TAB',
        'DETAIL_TOOLBAR',
        'DETAIL_ACTIVITY',
        'ACTIVITY_TIMELINE_MENU',
        'LIST_MENU',
        'LIST_TOOLBAR',
      ].map((place) => [`CRM_${type}_${place}`, 'crm']),
    ),
  ),
};

/** placement.bind. Nothing shows them here: an application opens with `open` and the name of the placement. */
export const placementBind: MethodHandler<'placement.bind'> = (state, { params: raw, caller }) => {
  const params = paramsBy('placement.bind', raw);
  const installation = installationFor(state, caller);
  const placement = checkedPlacement(params, caller, installation);
  const bound: Placement = {
    placement,
    handler: checkedHandler(params.HANDLER),
    userId: params.USER_ID ?? 0,
    title: params.TITLE ?? installation.app.name,
    description: params.DESCRIPTION ?? '',
    options: params.OPTIONS ?? {},
    langAll: params.LANG_ALL ?? {},
  };
  if (installation.placements.some((old) => excludes(old, bound)))
    throw new Refusal(bindRefusals.alreadyBound);
  installation.placements = [...installation.placements, bound];
  return { result: true };
};

/** placement.get: an empty map is a list, as PHP has it. */
export const placementGet: MethodHandler<'placement.get'> = (state, { caller }) => ({
  result: installationFor(state, caller).placements.map(({ options, langAll, ...bound }) => ({
    ...bound,
    options: orList(options),
    langAll: orList(langAll),
  })),
});

/** placement.list: what the scopes of the token allow, or all there are. */
export const placementList: MethodHandler<'placement.list'> = (_state, { params: raw, caller }) => {
  const { SCOPE, FULL } = paramsBy('placement.list', raw);
  const names = Object.keys(KNOWN);
  if (SCOPE !== undefined) return { result: names.filter((name) => KNOWN[name] === SCOPE) };
  return { result: FULL === true ? names : names.filter((name) => mayPlace(name, caller)) };
};

/** placement.unbind: the count is what was found plus what was removed, and so twice the number. */
export const placementUnbind: MethodHandler<'placement.unbind'> = (state, { params: raw, caller }) => {
  const { PLACEMENT, HANDLER, USER_ID } = paramsBy('placement.unbind', raw);
  if (isMissing(PLACEMENT)) throw new Refusal(unbindRefusals.noPlacement);
  const installation = installationFor(state, caller);
  const gone = installation.placements.filter(
    ({ placement, handler, userId }) =>
      placement === PLACEMENT &&
      (HANDLER === undefined || handler === HANDLER) &&
      (USER_ID === undefined || userId === USER_ID),
  );
  installation.placements = installation.placements.filter((bound) => !gone.includes(bound));
  return { result: { count: gone.length * 2 } };
};

function installationFor(state: PortalState, caller: Caller): Installation {
  if (!isAdmin(state, caller)) throw new Refusal(bindRefusals.accessDenied);
  return installationOf(state, caller);
}

type BindParams = ParamsOf<'placement.bind'>;

function checkedPlacement(
  { PLACEMENT, USER_ID, OPTIONS }: BindParams,
  caller: Caller,
  { app }: Installation,
): string {
  if (PLACEMENT === undefined || PLACEMENT === '')
    throw new Refusal(bindRefusals.noPlacement, { argument: 'PLACEMENT' });
  if (!mayPlace(PLACEMENT, caller) || !app.scopes.includes('placement'))
    throw new Refusal(bindRefusals.notFound);
  if (USER_ID !== undefined && PLACEMENT !== WORKER) throw new Refusal(bindRefusals.noUserMode);
  if (PLACEMENT === WORKER && isMissing(OPTIONS?.errorHandlerUrl))
    throw new Refusal(bindRefusals.noErrorHandler);
  return PLACEMENT;
}

function mayPlace(name: string, { scopes }: Caller): boolean {
  if (!Object.hasOwn(KNOWN, name)) return false;
  const needed = KNOWN[name];
  return needed === undefined || scopes.includes(needed);
}

/** Absolute, http or https, with the name of a host. */
function checkedHandler(handler = ''): string {
  if (!URL.canParse(handler)) throw new Refusal(bindRefusals.wrongHandler);
  if (!['http:', 'https:'].includes(new URL(handler).protocol)) throw new Refusal(bindRefusals.wrongProtocol);
  return handler;
}

/** The same handler is there already, or the placement takes one only (one for all, and one for each user). */
function excludes(old: Placement, bound: Placement): boolean {
  if (old.placement !== bound.placement || old.userId !== bound.userId) return false;
  return SINGLE.includes(bound.placement) || old.handler === bound.handler;
}

function orList(map: Readonly<Record<string, unknown>>): Record<string, unknown> | [] {
  return Object.keys(map).length === 0 ? [] : { ...map };
}
