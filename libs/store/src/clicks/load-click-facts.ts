import type { ClickFacts, ClickRequest } from '@app/calls';
import { isoTime } from '../calls/call-row';
import type { Sql } from '../sql';

/** Clicks are counted over this time. */
const RATE_MS = 60_000;

/**
 * The phones are those of the user by the directory: what the event says of phones counts for nothing. A user's calls are
 * those in which one of his phones is, and the clicks on their way to one.
 */
const LOAD_FACTS = `
  WITH asked AS (
    SELECT user_id, place FROM unnest($2::integer[]) WITH ORDINALITY AS given (user_id, place)
  ), phone AS (
    SELECT user_id, place, switch_id AS "switchId", domain, extension
    FROM portal_user JOIN asked USING (user_id) WHERE portal_id = $1
  ), line AS (
    SELECT switch_id AS "switchId", did, line_number AS "lineNumber" FROM external_line WHERE portal_id = $1
  ), recent AS (
    SELECT user_id FROM click WHERE portal_id = $1 AND decided_at > $4
  ), busy AS (
    SELECT place, call.call_id FROM phone
      JOIN call ON call.switch_id = phone."switchId" AND call.ended_at IS NULL
      JOIN channel ON channel.call_id = call.call_id AND channel.ended_at IS NULL
        AND channel.extension = phone.extension AND phone.domain IN ('', channel.domain)
    UNION
    SELECT place, click.call_id FROM asked JOIN click USING (user_id)
      LEFT JOIN call ON call.call_id = click.call_id
      WHERE click.portal_id = $1 AND click.state IN ('ordered', 'taken')
        AND click.decided_at > $5 AND call.ended_at IS NULL
  ), person AS (
    SELECT user_id AS "userId", place, jsonb_agg(
        jsonb_build_object('switchId', "switchId", 'domain', domain, 'extension', extension)
        ORDER BY "switchId", domain, extension) AS phones,
      (SELECT count(*) FROM busy WHERE busy.place = phone.place)::integer AS calls
    FROM phone GROUP BY user_id, place
  )
  SELECT
    coalesce((SELECT phones FROM person WHERE place = 1), '[]') AS phones,
    (SELECT coalesce(jsonb_agg(to_jsonb(person) - 'place' ORDER BY place), '[]') FROM person WHERE place > 1)
      AS "standIns",
    (SELECT coalesce(jsonb_agg(line ORDER BY "switchId", did), '[]') FROM line) AS lines,
    (SELECT coalesce(jsonb_agg(DISTINCT extension), '[]') FROM portal_user
     WHERE portal_id = $1 AND extension = ANY ($3)) AS colleagues,
    (SELECT coalesce(jsonb_agg(switch_id ORDER BY switch_id), '[]') FROM switch) AS switches,
    (SELECT count(*)::integer FROM recent WHERE user_id = ($2::integer[])[1]) AS "clicksOfUser",
    (SELECT count(*)::integer FROM recent) AS "clicksOfPortal",
    (SELECT count(*)::integer FROM busy WHERE place = 1) AS "callsOfUser"`;

/** No call takes longer: what is older was forgotten by the switch, or by us. */
const LONGEST_CALL_MS = 24 * 60 * 60_000;

/** What the directory and the calls say about a click. */
export async function loadClickFacts(
  sql: Sql,
  { portalId, userId, standIns = [], numbers }: ClickRequest,
  now: number,
): Promise<ClickFacts> {
  const [row] = await sql.rows(LOAD_FACTS, [
    portalId,
    [...new Set([userId, ...standIns])],
    numbers.map((number) => number.trim()),
    isoTime(now - RATE_MS),
    isoTime(now - LONGEST_CALL_MS),
  ]);
  return row as ClickFacts;
}
