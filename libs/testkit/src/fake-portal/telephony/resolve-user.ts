import type { DocumentedRefusal } from '@app/bitrix24/contract';
import type { Company, FakeUser } from '../company/company';
import { isMissing } from '../rest/method-call';
import { Refusal } from '../rest/refusal';
import type { RawParams } from '../http/wire';

interface UserRefusals {
  readonly userNotSet: DocumentedRefusal;
  readonly userNotFound: DocumentedRefusal;
}

/** @throws Refusal if neither USER_ID nor USER_PHONE_INNER was sent */
export function checkUserIsSet(params: RawParams, refusals: UserRefusals): void {
  if (isMissing(params.USER_ID) && isMissing(params.USER_PHONE_INNER)) throw new Refusal(refusals.userNotSet);
}

/**
 * The active user of register or finish. Which of the two parameters wins is not documented; here USER_ID does, and
 * the audit complains about sending both.
 *
 * @throws Refusal if there is none
 */
export function resolveUser(company: Company, params: RawParams, refusals: UserRefusals): FakeUser {
  const isWanted = isMissing(params.USER_ID)
    ? (user: FakeUser) => user.extension === String(params.USER_PHONE_INNER)
    : (user: FakeUser) => user.id === Number(params.USER_ID);
  const user = company.users.find((candidate) => candidate.active && isWanted(candidate));
  if (!user) throw new Refusal(refusals.userNotFound);
  return user;
}
