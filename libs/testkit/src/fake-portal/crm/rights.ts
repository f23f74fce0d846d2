import type { PortalState } from '../portal-state';
import type { Caller } from '../rest/caller';

/** True if the owner of the token may see clients. */
export function mayReadCrm({ company }: PortalState, caller: Caller): boolean {
  return company.users.some((user) => user.id === caller.userId && user.mayReadCrm);
}
