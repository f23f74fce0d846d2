import type { SecretBox } from '../secrets/secret-box';
import { sha256 } from '../secrets/sha256';
import type { Sql } from '../sql';
import { StoreError } from '../store-error';
import { closeCredentials, type PortalCredentials } from './portal-credentials';
import { readPortalSettings, type PortalSettingsInput } from './portal-settings';
import { NO_TROUBLE } from './portal-trouble';
import type { FreshTokens } from './renew-tokens';
import { wakeCalls } from './wake-calls';

/** A portal as it comes out of an installation. */
export interface InstalledPortal {
  readonly memberId: string;
  /** Host name, for example company.bitrix24.com. */
  readonly domain: string;
  /** REST root, for example https://company.bitrix24.com/rest/. */
  readonly endpoint: string;
  readonly credentials: PortalCredentials;
  /** Of a portal that was not known: of one that was, the settings stay. */
  readonly settings: PortalSettingsInput;
  /** Without one nobody can renew the tokens. */
  readonly appId?: string;
  /** What its events will carry; without one none is believed. */
  readonly applicationToken?: string;
  readonly scope?: readonly string[];
  /** L, F, D, T, P or S. */
  readonly appStatus?: string;
  /** With whose rights we work. */
  readonly installerUserId?: number;
}

export interface Installed {
  /** Ours. */
  readonly portalId: string;
  readonly isNew: boolean;
}

/** `xmax` is 0 on a row that this statement has inserted. Without an application there is nothing to set up. */
const INSTALL = `
  INSERT INTO portal AS known (
    member_id, domain, endpoint, credentials, settings, app_id, application_token_hash, scope, app_status,
    installer_user_id, set_up_wanted
  ) VALUES ($1, lower($2), $3, $4, $5, $6, $7, $8, $9, $10, num_nonnulls($6::uuid))
  ON CONFLICT (member_id) DO UPDATE SET
    domain = excluded.domain, endpoint = excluded.endpoint, credentials = excluded.credentials,
    app_id = excluded.app_id, application_token_hash = excluded.application_token_hash, scope = excluded.scope,
    app_status = excluded.app_status, installer_user_id = excluded.installer_user_id,
    renewed_at = NULL, set_up_wanted = known.set_up_wanted + excluded.set_up_wanted,
    set_up_not_before = NULL, ${NO_TROUBLE}, updated_at = now()
  RETURNING portal_id, xmax = 0 AS is_new`;

/** The first portal that installs a local application is its only one. */
const CLAIM_APP = `
  UPDATE portal_app SET member_id = $2, updated_at = now()
  WHERE app_id = $1 AND kind = 'local' AND member_id IS NULL`;

const IS_ANOTHERS = `SELECT FROM portal_app WHERE app_id = $1 AND kind = 'local' AND member_id <> $2`;

/** Installs a portal, or installs it again, and wakes the calls that waited for it. To be run in a transaction. */
export async function installPortal(
  sql: Sql,
  secrets: SecretBox,
  portal: InstalledPortal,
): Promise<Installed> {
  const { memberId, domain, endpoint, credentials, settings, appId, applicationToken } = portal;
  if (appId !== undefined) await claimApp(sql, appId, memberId);
  const [row] = await sql.rows(INSTALL, [
    memberId,
    domain,
    endpoint,
    closeCredentials(secrets, memberId, credentials),
    readPortalSettings(settings),
    appId,
    applicationToken === undefined ? undefined : sha256(applicationToken),
    portal.scope ?? [],
    portal.appStatus ?? '',
    portal.installerUserId,
  ]);
  const { portal_id: portalId, is_new: isNew } = row as { portal_id: string; is_new: boolean };
  if (!isNew) await wakeCalls(sql, portalId);
  return { portalId, isNew };
}

async function claimApp(sql: Sql, appId: string, memberId: string): Promise<void> {
  await sql.rows(CLAIM_APP, [appId, memberId]);
  const [other] = await sql.rows(IS_ANOTHERS, [appId, memberId]);
  if (!other) return;
  throw new StoreError('this local application belongs to another portal', {
    kind: 'bad-row',
    table: 'portal_app',
  });
}

const UPDATE = `
  UPDATE portal SET
    application_token_hash = $2, set_up_wanted = set_up_wanted + 1, set_up_not_before = NULL, updated_at = now()
  WHERE portal_id = $1
  RETURNING member_id`;

const UPDATE_TOKENS = `
  UPDATE portal SET
    credentials = $2, renewed_at = NULL, endpoint = coalesce($3, endpoint),
    domain = coalesce(lower($4), domain), scope = coalesce($5, scope), app_status = coalesce($6, app_status),
    ${NO_TROUBLE}
  WHERE portal_id = $1`;

/**
 * A new version of the application: a new token for its events, a set-up to do, and new tokens if they came along. To be
 * run in a transaction. Throws StoreError `bad-row` when there is no such portal.
 */
export async function updateApplication(
  sql: Sql,
  secrets: SecretBox,
  { portalId, applicationToken, tokens }: ApplicationUpdate,
): Promise<void> {
  const [row] = await sql.rows(UPDATE, [portalId, sha256(applicationToken)]);
  if (!row) throw new StoreError(`there is no portal ${portalId}`, { kind: 'bad-row', table: 'portal' });
  if (tokens === undefined) return;
  const { credentials, place, scope, appStatus } = tokens;
  const sealed = closeCredentials(secrets, (row as { member_id: string }).member_id, credentials);
  await sql.rows(UPDATE_TOKENS, [portalId, sealed, place?.endpoint, place?.domain, scope, appStatus]);
  await wakeCalls(sql, portalId);
}

export interface ApplicationUpdate {
  readonly portalId: string;
  readonly applicationToken: string;
  readonly tokens?: FreshTokens;
}
