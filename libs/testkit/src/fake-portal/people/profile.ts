import type { MethodHandler } from '../rest/method-call';

/** profile: the owner of the token, whatever its scopes; an empty map, and so `[]`, if he is not active any more. */
export const profile: MethodHandler<'profile'> = (state, { caller }) => {
  const user = state.company.users.find(({ id, active }) => active && id === caller.userId);
  if (!user) return { result: [] };
  return {
    result: {
      ID: String(user.id),
      ADMIN: user.isAdmin,
      NAME: user.name,
      LAST_NAME: user.lastName,
      PERSONAL_GENDER: '',
      TIME_ZONE: '',
    },
  };
};
