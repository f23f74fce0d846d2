import { Secret } from '@app/bitrix24';
import { z } from 'zod';
import { Refusal } from '../refusal';
import type { FormTree } from '../wire/form-value';
import { addressField, memberIdField, readFields, tokenField } from '../wire/read-fields';

/** What somebody says who wants to be installed. Nothing of it is true before it is proven. */
export interface Claim {
  readonly memberId: string;
  readonly refreshToken: Secret;
  /** What the portal's events will carry. */
  readonly applicationToken: string;
  /** REST root of the OAuth server that gave the token. */
  readonly serverEndpoint?: string;
}

/** How the claim came: as the event of an application without pages, or as the first opening of one with pages. */
export interface InstallClaim extends Claim {
  readonly by: 'event' | 'frame';
}

/** Frame of an application (https://apidocs.bitrix24.com/settings/oauth/simple-way.html). */
const frameSchema = z
  .object({
    REFRESH_ID: tokenField,
    APPLICATION_TOKEN: tokenField,
    SERVER_ENDPOINT: addressField,
    member_id: memberIdField,
  })
  .transform((frame): InstallClaim => ({
    by: 'frame',
    memberId: frame.member_id,
    refreshToken: new Secret(frame.REFRESH_ID),
    applicationToken: frame.APPLICATION_TOKEN,
    serverEndpoint: frame.SERVER_ENDPOINT,
  }));

/** ONAPPINSTALL (https://apidocs.bitrix24.com/api-reference/common/events/on-app-install.html). */
const eventSchema = z
  .object({
    auth: z.object({
      refresh_token: tokenField,
      application_token: tokenField,
      server_endpoint: addressField,
      member_id: memberIdField,
    }),
  })
  .transform(({ auth }): InstallClaim => ({
    by: 'event',
    memberId: auth.member_id,
    refreshToken: new Secret(auth.refresh_token),
    applicationToken: auth.application_token,
    serverEndpoint: auth.server_endpoint,
  }));

/**
 * The claim in a body that came to the install address.
 *
 * @throws Refusal `malformed`; `not-an-install` for another event
 */
export function readInstallClaim(tree: FormTree): InstallClaim {
  const { event } = tree;
  if (event === undefined) return readFields(frameSchema, tree);
  if (typeof event !== 'string') throw new Refusal('malformed', { detail: 'event' });
  if (event.toUpperCase() !== 'ONAPPINSTALL') throw new Refusal('not-an-install');
  return readFields(eventSchema, tree);
}
