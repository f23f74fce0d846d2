import type { FakeUser } from '../company/company';
import { isoSeconds } from '../clock';
import { catalogue } from '../rest/catalogue';
import { paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { Refusal } from '../rest/refusal';

const { userNotFound } = catalogue['timeman.status'].refusals;
const STATUSES = ['OPENED', 'CLOSED', 'PAUSED', 'EXPIRED'] as const;
const MORNING = '09:00:00+00:00';
const EVENING = '18:00:00+00:00';

/** timeman.status: of the owner of the token, or of a user. Days here last from nine to six, UTC. */
export const timemanStatus: MethodHandler<'timeman.status'> = (state, { params: raw, caller }) => {
  const { USER_ID = caller.userId } = paramsBy('timeman.status', raw);
  const user = state.company.users.find(({ id }) => id === USER_ID);
  if (!user) throw new Refusal(userNotFound);
  const STATUS = statusOf(user);
  const [today = ''] = isoSeconds(state.clock.now()).split('T');
  return {
    result: {
      STATUS,
      TIME_START: `${today}T${MORNING}`,
      TIME_FINISH: STATUS === 'CLOSED' ? `${today}T${EVENING}` : null,
      DURATION: STATUS === 'CLOSED' ? '09:00:00' : '00:00:00',
      TIME_LEAKS: '00:00:00',
      ACTIVE: true,
      IP_OPEN: '127.0.0.1',
      IP_CLOSE: STATUS === 'CLOSED' ? '127.0.0.1' : '',
      LAT_OPEN: 0,
      LON_OPEN: 0,
      LAT_CLOSE: 0,
      LON_CLOSE: 0,
      TZ_OFFSET: 0,
      ...(STATUS === 'EXPIRED' ? { TIME_FINISH_DEFAULT: `${today}T${EVENING}` } : {}),
    },
  };
};

/** What searchCrmEntities knows besides (tracking is off, or not installed) is CLOSED here: nothing is documented. */
function statusOf({ workday }: FakeUser): (typeof STATUSES)[number] {
  return STATUSES.find((status) => status === workday) ?? 'CLOSED';
}
