import { setTimeout as pause } from 'node:timers/promises';
import type { SecretBox } from '../secrets/secret-box';
import type { Sql } from '../sql';
import { StoreError } from '../store-error';
import { openApp, type AppRow, type PortalAppSecrets } from './portal-app.store';
import { closeCredentials, openCredentials, type PortalCredentials } from './portal-credentials';
import { NO_TROUBLE, troubleIn, type PortalTrouble, type TroubleColumns } from './portal-trouble';

/** What a renewal starts from: read under the portal's lock. Holds secrets. */
export interface RenewalBasis {
  readonly memberId: string;
  /** Undefined: the tokens were given up, the portal has to be installed again. */
  readonly credentials?: PortalCredentials;
  /** How long ago the pair was renewed, ms; undefined: it is that of the installation. */
  readonly renewedMsAgo?: number;
  /** Whose tokens they are. Undefined: nobody can refresh them. */
  readonly app?: PortalAppSecrets;
  readonly trouble?: PortalTrouble;
}

/** A new pair, and what came with it. */
export interface FreshTokens {
  readonly credentials: PortalCredentials;
  /** Where the portal is by now, if that is known. */
  readonly place?: { readonly endpoint: string; readonly domain: string };
  readonly scope?: readonly string[];
  readonly appStatus?: string;
}

/** What the OAuth server said: yes, or no until a person acts. "Perhaps later" is thrown. */
export type Renewal =
  | ({ readonly kind: 'renewed' } & FreshTokens)
  | { readonly kind: 'refused'; readonly trouble: PortalTrouble };

const LOAD = `
  SELECT
    member_id, credentials, trouble_kind, trouble_reason, trouble_cure,
    (extract(epoch FROM clock_timestamp() - renewed_at) * 1000)::float8 AS renewed_ms_ago,
    (SELECT jsonb_build_object('app_id', app_id, 'kind', kind, 'client_id', client_id, 'client_secret', client_secret)
     FROM portal_app WHERE portal_app.app_id = portal.app_id) AS app
  FROM portal WHERE portal_id = $1`;

interface Row extends TroubleColumns {
  readonly member_id: string;
  readonly credentials: string | null;
  readonly renewed_ms_ago: number | null;
  readonly app: Omit<AppRow, 'member_id'> | null;
}

/** What is stored of a portal's tokens. */
interface Stored {
  readonly basis: RenewalBasis;
  /** As the column has it: names this very pair. */
  readonly sealed: string | null;
}

/** Only over the pair that was renewed: what an installation has stored meanwhile is newer. */
const SAVE = `
  UPDATE portal SET
    credentials = $3, renewed_at = clock_timestamp(), endpoint = coalesce($4, endpoint),
    domain = coalesce(lower($5), domain), scope = coalesce($6, scope), app_status = coalesce($7, app_status),
    ${NO_TROUBLE}, updated_at = now()
  WHERE portal_id = $1 AND credentials = $2
  RETURNING portal_id`;

const NOTE_REFUSAL = `
  UPDATE portal SET
    trouble_kind = $3, trouble_reason = $4, trouble_cure = $5,
    trouble_since = CASE WHEN trouble_kind = $3 THEN trouble_since ELSE clock_timestamp() END, updated_at = now()
  WHERE portal_id = $1 AND credentials IS NOT DISTINCT FROM $2
  RETURNING portal_id`;

/** A pair that is not stored is lost, and the old one is void: it is worth some seconds of a database that is away. */
const SAVE_AGAIN_AFTER_MS = [100, 400, 1_500, 3_000, 5_000];

/**
 * The renewal itself, to be run under the portal's lock: reads again, because whoever held the lock before may have done
 * it; asks; stores the new pair before it is used.
 *
 * @returns an access token that is not `stale`, or undefined when the renewal was refused
 */
export async function renewTokens(
  sql: Sql,
  secrets: SecretBox,
  { portalId, stale }: { readonly portalId: string; readonly stale: string },
  refresh: (basis: RenewalBasis) => Promise<Renewal>,
): Promise<string | undefined> {
  const { basis, sealed } = await load(sql, secrets, portalId);
  const stored = basis.credentials?.accessToken;
  if (stored !== undefined && stored !== stale) return stored;
  const renewal = await refresh(basis);
  if (renewal.kind === 'refused') {
    const { kind, reason, cure } = renewal.trouble;
    const [noted] = await sql.rows(NOTE_REFUSAL, [portalId, sealed, kind, reason, cure]);
    return noted ? undefined : tokenStoredMeanwhile(sql, secrets, portalId);
  }
  const { credentials, place, scope, appStatus } = renewal;
  const fresh = closeCredentials(secrets, basis.memberId, credentials);
  const values = [portalId, sealed, fresh, place?.endpoint, place?.domain, scope, appStatus];
  const [saved] = await saveStubbornly(() => sql.rows(SAVE, values));
  return saved ? credentials.accessToken : tokenStoredMeanwhile(sql, secrets, portalId);
}

async function load(sql: Sql, secrets: SecretBox, portalId: string): Promise<Stored> {
  const [row] = (await sql.rows(LOAD, [portalId])) as Row[];
  if (!row) throw new StoreError(`there is no portal ${portalId}`, { kind: 'bad-row', table: 'portal' });
  const { member_id: memberId, credentials: sealed } = row;
  const basis = {
    memberId,
    credentials: sealed === null ? undefined : openCredentials(secrets, memberId, sealed),
    renewedMsAgo: row.renewed_ms_ago ?? undefined,
    app: row.app === null ? undefined : openApp({ ...row.app, member_id: null }, secrets),
    trouble: troubleIn(row),
  };
  return { basis, sealed };
}

/** Somebody else has changed the pair while we asked: an installation. Its token is the one to use. */
async function tokenStoredMeanwhile(
  sql: Sql,
  secrets: SecretBox,
  portalId: string,
): Promise<string | undefined> {
  const { basis } = await load(sql, secrets, portalId);
  return basis.credentials?.accessToken;
}

async function saveStubbornly<T>(save: () => Promise<T>): Promise<T> {
  for (const delayMs of SAVE_AGAIN_AFTER_MS) {
    try {
      return await save();
    } catch (error) {
      if (!(error instanceof StoreError) || error.kind !== 'unavailable') throw error;
      await pause(delayMs);
    }
  }
  return save();
}
