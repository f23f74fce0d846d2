import { FakePortal } from '../fake-portal';
import type { FakePortalOptions } from '../portal-options';
import { ManualClock } from '../clock';

export interface Answer {
  readonly status: number;
  readonly body: {
    readonly result?: unknown;
    readonly total?: number;
    readonly next?: number;
    readonly time?: Readonly<Record<string, unknown>>;
    readonly error?: string;
    readonly error_description?: string;
    readonly argument?: string;
  };
}

export const REGISTER = 'telephony.externalCall.register';
export const SHOW = 'telephony.externalCall.show';
export const HIDE = 'telephony.externalCall.hide';
export const FINISH = 'telephony.externalCall.finish';
export const ATTACH = 'telephony.externalCall.attachRecord';
export const SEARCH = 'telephony.externalCall.searchCrmEntities';
export const STATISTICS = 'voximplant.statistic.get';
export const USERS = 'user.get';

export const STRANGER = '+442079460999';
/** Contact 101 of the demo company, whose responsible is user 3. */
export const KNOWN = '+442079460101';

/** A portal whose clock moves only when told to, and a plain way to ask it: no client of ours is involved. */
export function portalUnderTest(options: FakePortalOptions = {}) {
  const clock = new ManualClock();
  const portal = new FakePortal({ clock, seed: 7, ...options });
  return { clock, portal, ask: askOf(portal) };
}

export function askOf(portal: FakePortal) {
  return async (method: string, params: object = {}, auth: string = portal.accessToken): Promise<Answer> => {
    const reply = await portal.handle({
      method: 'POST',
      path: `/rest/${method}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...params, auth }),
    });
    return { status: reply.status, body: JSON.parse(reply.body) as Answer['body'] };
  };
}

type Ask = ReturnType<typeof askOf>;

/** Registers an incoming call for user 1 and gives its CALL_ID. */
export async function registered(ask: Ask, params: object = {}): Promise<string> {
  const { body } = await ask(REGISTER, { USER_ID: 1, PHONE_NUMBER: STRANGER, TYPE: 2, ...params });
  return (body.result as { CALL_ID: string }).CALL_ID;
}

/** Registers and finishes a call. */
export async function filed(ask: Ask, params: object = {}, finish: object = {}): Promise<string> {
  const CALL_ID = await registered(ask, params);
  await ask(FINISH, { CALL_ID, USER_ID: 1, DURATION: 5, ...finish });
  return CALL_ID;
}
