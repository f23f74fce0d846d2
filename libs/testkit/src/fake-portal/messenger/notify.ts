import type { RawParams } from '../http/wire';
import type { PortalState } from '../portal-state';
import type { Caller } from '../rest/caller';
import { catalogue } from '../rest/catalogue';
import { isMissing, paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { Refusal } from '../rest/refusal';

/** Longest ATTACH. */
const MAX_ATTACH_CHARACTERS = 60_000;
const { refusals } = catalogue['im.notify'];
const { nothingNamed } = catalogue['im.notify.delete'].refusals;

/** im.notify: in the name of the owner of the token, or of nobody (TYPE=SYSTEM). */
export const notify: MethodHandler<'im.notify'> = (state, { params, caller }) => {
  check(params);
  const { TYPE } = paramsBy('im.notify', params);
  return { result: add(state, caller, params, TYPE === 'SYSTEM' ? null : caller.userId) };
};

/** im.notify.personal.add */
export const personalAdd: MethodHandler<'im.notify.personal.add'> = (state, { params, caller }) => {
  check(params);
  return { result: add(state, caller, params, caller.userId) };
};

/** im.notify.system.add */
export const systemAdd: MethodHandler<'im.notify.system.add'> = (state, { params, caller }) => {
  check(params);
  return { result: add(state, caller, params, null) };
};

/** im.notify.delete: by id, else by tags of this application. */
export const notifyDelete: MethodHandler<'im.notify.delete'> = (state, { params: raw, caller }) => {
  const { ID, TAG, SUB_TAG } = paramsBy('im.notify.delete', raw);
  if (ID === undefined && isMissing(TAG) && isMissing(SUB_TAG)) throw new Refusal(nothingNamed);
  const gone = state.notices.filter((notice) => {
    if (notice.appId !== caller.appId) return false;
    if (ID !== undefined) return notice.id === ID;
    return (TAG === undefined || notice.tag === TAG) && (SUB_TAG === undefined || notice.subTag === SUB_TAG);
  });
  for (const notice of gone) state.notices.splice(state.notices.indexOf(notice), 1);
  return { result: gone.length > 0 };
};

/** True if an ATTACH is longer than the portal takes. */
export function isTooLarge(attach: unknown): boolean {
  return JSON.stringify([attach]).length > MAX_ATTACH_CHARACTERS;
}

function check({ USER_ID, MESSAGE, ATTACH }: RawParams): void {
  if (isMissing(USER_ID)) throw new Refusal(refusals.userIdEmpty);
  if (typeof MESSAGE !== 'string' || MESSAGE.trim() === '') throw new Refusal(refusals.messageEmpty);
  if (isTooLarge(ATTACH)) throw new Refusal(refusals.attachTooLarge);
}

/** Gives the id of the notice, or false if there is no such user. One with the same tag goes away. */
function add(state: PortalState, caller: Caller, raw: RawParams, fromUserId: number | null): number | false {
  const { USER_ID, MESSAGE, TAG, SUB_TAG } = paramsBy('im.notify.system.add', raw);
  if (!state.company.users.some(({ id }) => id === USER_ID)) return false;
  const same = state.notices.findIndex(
    ({ appId, tag, toUserId }) =>
      !isMissing(TAG) && tag === TAG && appId === caller.appId && toUserId === USER_ID,
  );
  if (same !== -1) state.notices.splice(same, 1);
  const id = state.ids.next('notice', 8001);
  state.notices.push({
    id,
    toUserId: USER_ID,
    fromUserId,
    text: MESSAGE.trim(),
    tag: TAG ?? null,
    subTag: SUB_TAG ?? null,
    appId: caller.appId,
  });
  return id;
}
