import { contract } from '@app/bitrix24/contract';
import { clientsByPhone } from '../crm/clients';
import { isMissing, paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { Refusal } from '../rest/refusal';

const METHOD = 'telephony.externalCall.searchCrmEntities';
const { refusals } = contract[METHOD];

/** telephony.externalCall.searchCrmEntities: `[]` when nobody has this number; ids of users as strings. */
export const searchCrmEntities: MethodHandler<typeof METHOD> = (state, { params: raw }) => {
  if (isMissing(raw.PHONE_NUMBER)) throw new Refusal(refusals.phoneNumberEmpty);
  if (!state.company.crmInstalled) throw new Refusal(refusals.crmNotInstalled);
  const { PHONE_NUMBER } = paramsBy(METHOD, raw);
  const result = clientsByPhone(state.company, PHONE_NUMBER).map((entity) => {
    const owner = state.company.users.find(({ id }) => id === entity.assignedById);
    return {
      CRM_ENTITY_TYPE: entity.type,
      CRM_ENTITY_ID: entity.id,
      ASSIGNED_BY_ID: entity.assignedById,
      NAME: entity.name,
      ASSIGNED_BY: {
        ID: String(entity.assignedById),
        TIMEMAN_STATUS: owner?.workday ?? 'UNAVAILABLE',
        USER_PHONE_INNER: owner?.extension ?? null,
        WORK_PHONE: owner?.workPhone ?? null,
        PERSONAL_PHONE: null,
        PERSONAL_MOBILE: owner?.mobile ?? null,
      },
    };
  });
  return { result };
};
