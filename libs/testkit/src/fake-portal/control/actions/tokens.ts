import { z } from 'zod';
import { action, clientId, userId, userOf } from '../action';

const scopes = z.array(z.string()).optional();

/** Access tokens and webhooks. */
export const tokenActions = {
  token: action(
    'An access token of the first application, as if it had been authorised; default user 1 and the scopes of a connector.',
    z.strictObject({
      userId: userId.optional(),
      scopes,
      ttlSeconds: z.int().positive().optional(),
    }),
    (portal, options) => {
      userOf(portal, options.userId ?? 1);
      return { accessToken: portal.access.issueToken(options) };
    },
  ),
  webhook: action(
    'An inbound webhook: requests go to /rest/{userId}/{code}/{method}.',
    z.strictObject({ userId: userId.default(1), scopes }),
    (portal, options) => {
      userOf(portal, options.userId);
      const code = portal.access.issueWebhook(options);
      return { code, url: `${portal.state.identity.origin}/rest/${options.userId}/${code}/` };
    },
  ),
  'expire-token': action(
    'Ends an access token before its time: it is expired_token from now on.',
    z.strictObject({ accessToken: z.string() }),
    ({ state }, { accessToken }) => state.oauth.tokens.expire(accessToken),
  ),
  'revoke-tokens': action(
    'Takes back all tokens of an application, of a user, or of both (default: all there are). Access tokens become NO_AUTH_FOUND, refresh tokens invalid_grant.',
    z.strictObject({ clientId: clientId.optional(), userId: userId.optional() }),
    ({ state }, wanted) =>
      state.oauth.tokens.revoke(
        (grant) =>
          grant.memberId === state.identity.memberId &&
          (wanted.clientId === undefined || grant.clientId === wanted.clientId) &&
          (wanted.userId === undefined || grant.userId === wanted.userId),
      ),
  ),
} as const;
