import { workplacesOf } from '../company/company';
import type { FakeUser } from '../company/company';
import { emit } from '../events/emit';
import type { PortalState } from '../portal-state';

/** Somebody new has finished his registration: ONUSERADD. */
export function hire(state: PortalState, user: FakeUser): void {
  state.company.users.push(user);
  emit(state, {
    event: 'ONUSERADD',
    data: {
      ID: user.id,
      ACTIVE: user.active ? 'Y' : 'N',
      EMAIL: user.email ?? '',
      NAME: user.name,
      LAST_NAME: user.lastName,
      UF_DEPARTMENT: workplacesOf(user),
    },
    userId: user.id,
  });
}

/**
 * Somebody is dismissed. No event tells it. His tokens of local applications die with him; those of Market applications
 * go on, as if a system user had taken them over (settings/system-user). To see a person vanish without that, set
 * `active` in the company.
 */
export function dismiss(state: PortalState, userId: number): void {
  const { company, identity, oauth } = state;
  const user = company.users.find(({ id }) => id === userId);
  if (!user) throw new Error(`no user ${userId}`);
  user.active = false;
  oauth.tokens.revoke(
    (grant) =>
      grant.memberId === identity.memberId &&
      grant.userId === userId &&
      oauth.app(grant.clientId)?.kind === 'local',
  );
}
