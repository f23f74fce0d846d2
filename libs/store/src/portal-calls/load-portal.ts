import type { Call } from '@app/calls';
import { openCredentials } from '../portals/portal-credentials';
import { employeesOf } from '../portals/portal-of-call';
import { readPortalSettings, type PortalSettings } from '../portals/portal-settings';
import { troubleIn, type TroubleColumns } from '../portals/portal-trouble';
import type { SecretBox } from '../secrets/secret-box';
import type { Sql } from '../sql';
import type { PortalDefaults, PortalOfCall, UserOfCall } from './call-to-sync';

const LOAD_PORTAL = `
  SELECT
    member_id, endpoint, credentials, settings, scope, trouble_kind, trouble_reason, trouble_cure,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('userId', user_id, 'extension', extension, 'domain', domain)
                     ORDER BY extension, domain), '[]')
     FROM portal_user WHERE portal_id = portal.portal_id AND switch_id = $2 AND extension = ANY ($3)) AS users,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('did', did, 'lineNumber', line_number) ORDER BY did), '[]')
     FROM external_line WHERE portal_id = portal.portal_id AND switch_id = $2) AS lines
  FROM portal WHERE portal_id = $1`;

interface Row extends TroubleColumns {
  readonly member_id: string;
  readonly endpoint: string;
  readonly credentials: string | null;
  readonly settings: unknown;
  readonly scope: string[];
  readonly users: { readonly userId: number; readonly extension: string; readonly domain: string }[];
  readonly lines: PortalOfCall['lines'];
}

/**
 * A portal with what concerns the call.
 *
 * @throws StoreError `bad-row` when its settings cannot be read, `sealed` when its credentials cannot be opened
 */
export async function loadPortal(
  sql: Sql,
  portalId: string,
  call: Call,
  { defaults, secrets }: { readonly defaults: PortalDefaults; readonly secrets: SecretBox },
): Promise<PortalOfCall | undefined> {
  const extensions = employeesOf(call).map(({ extension }) => extension);
  const [row] = (await sql.rows(LOAD_PORTAL, [portalId, call.switchId, extensions])) as Row[];
  if (!row) return undefined;
  const settings = readPortalSettings(row.settings);
  const { defaultUserId, anonymousNumber, crm, addToChat } = settings;
  return {
    portalId,
    memberId: row.member_id,
    scope: row.scope,
    endpoint: row.endpoint,
    accessToken:
      row.credentials === null ? '' : openCredentials(secrets, row.member_id, row.credentials).accessToken,
    trouble: troubleIn(row),
    defaultUserId,
    defaultRegion: settings.defaultRegion ?? defaults.defaultRegion,
    finishWhen: settings.finishWhen ?? defaults.finishWhen,
    recordingUpload: settings.recordingUpload ?? defaults.recordingUpload,
    anonymousNumber,
    crm,
    addToChat,
    users: row.users.map((user) => userOfCall(user, settings, defaults)),
    lines: row.lines,
  };
}

function userOfCall(
  user: Row['users'][number],
  { cards }: PortalSettings,
  defaults: PortalDefaults,
): UserOfCall {
  return {
    userId: user.userId,
    extension: user.extension,
    ...(user.domain !== '' && { domain: user.domain }),
    cardPolicy: cards.users[String(user.userId)] ?? cards.everybody ?? defaults.cards,
  };
}
