import type { Call } from '@app/calls';
import { readLinePolicy } from '../portals/line-policy';
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
    (SELECT coalesce(jsonb_agg(jsonb_build_object('switchId', switch_id, 'userId', user_id, 'extension', extension,
                     'domain', domain) ORDER BY extension, domain), '[]')
     FROM portal_user WHERE portal_id = portal.portal_id AND switch_id = ANY ($2) AND extension = ANY ($3)) AS users,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('switchId', switch_id, 'did', did, 'lineNumber', line_number,
                     'policy', policy) ORDER BY did), '[]')
     FROM external_line WHERE portal_id = portal.portal_id AND switch_id = ANY ($2)) AS lines
  FROM portal WHERE portal_id = $1`;

/** What it takes to read a portal. */
export interface PortalReading {
  readonly defaults: PortalDefaults;
  readonly secrets: SecretBox;
}

interface Row extends TroubleColumns {
  readonly member_id: string;
  readonly endpoint: string;
  readonly credentials: string | null;
  readonly settings: unknown;
  readonly scope: string[];
  readonly users: readonly UserRow[];
  readonly lines: readonly LineRow[];
}

interface UserRow {
  readonly switchId: string;
  readonly userId: number;
  readonly extension: string;
  readonly domain: string;
}

interface LineRow {
  readonly switchId: string;
  readonly did: string;
  readonly lineNumber: string;
  readonly policy: unknown;
}

/**
 * A portal with what concerns each of some calls, as a function of the call; undefined when there is no such portal.
 *
 * @throws StoreError `bad-row` when its settings or a line cannot be read, `sealed` when its credentials cannot be opened
 */
export async function loadPortal(
  sql: Sql,
  portalId: string,
  calls: readonly Call[],
  { defaults, secrets }: PortalReading,
): Promise<((call: Call) => PortalOfCall) | undefined> {
  const switchIds = [...new Set(calls.map(({ switchId }) => switchId))];
  const extensions = [...new Set(calls.flatMap(extensionsOf))];
  const [row] = (await sql.rows(LOAD_PORTAL, [portalId, switchIds, extensions])) as Row[];
  if (!row) return undefined;
  const { users, lines } = row;
  const settings = readPortalSettings(row.settings);
  const shared = portalOf(portalId, row, settings, { defaults, secrets });
  return (call) => {
    const own = extensionsOf(call);
    const ofCall = users.filter((user) => user.switchId === call.switchId && own.includes(user.extension));
    return {
      ...shared,
      users: ofCall.map((user) => userOfCall(user, settings, defaults)),
      lines: lines
        .filter(({ switchId }) => switchId === call.switchId)
        .map(({ did, lineNumber, policy }) => ({ did, lineNumber, policy: readLinePolicy(policy) })),
    };
  };
}

function portalOf(
  portalId: string,
  row: Row,
  settings: PortalSettings,
  { defaults, secrets }: PortalReading,
): Omit<PortalOfCall, 'users' | 'lines'> {
  const { defaultUserId, anonymousNumber, crm, addToChat, calls } = settings;
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
    calls,
  };
}

function extensionsOf(call: Call): string[] {
  return employeesOf(call).map(({ extension }) => extension);
}

function userOfCall(user: UserRow, { cards }: PortalSettings, defaults: PortalDefaults): UserOfCall {
  return {
    userId: user.userId,
    extension: user.extension,
    ...(user.domain !== '' && { domain: user.domain }),
    cardPolicy: cards.users[String(user.userId)] ?? cards.everybody ?? defaults.cards,
  };
}
