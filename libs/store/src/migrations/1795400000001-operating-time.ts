import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The working time that a portal grants each method: learnt from the `time` block of its answers and from 429
 * OPERATION_TIME_LIMIT (Bitrix24 limits page: per method and application, in ten one-minute baskets).
 */
export class OperatingTime1795400000001 implements MigrationInterface {
  readonly name = 'OperatingTime1795400000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE portal_operating (
        portal_id uuid NOT NULL,
        method text NOT NULL,
        used_seconds double precision NOT NULL,
        blocked boolean NOT NULL,
        reset_at timestamptz NOT NULL,
        CONSTRAINT portal_operating_pkey PRIMARY KEY (portal_id, method),
        CONSTRAINT portal_operating_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal (portal_id) ON DELETE CASCADE,
        CONSTRAINT portal_operating_method_not_empty CHECK (method <> ''),
        CONSTRAINT portal_operating_used_not_negative CHECK (used_seconds >= 0)
      )`);
    // The nearer the limit, the fewer classes may go on: a card stops last, shortly before the portal would refuse it.
    await runner.query(`
      CREATE FUNCTION operating_share(step_class text) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE step_class
          WHEN 'live-card' THEN 0.95
          WHEN 'finish' THEN 0.9
          WHEN 'recording' THEN 0.8
          WHEN 'backfill' THEN 0.7
          WHEN 'directory' THEN 0.6
        END
      $$`);
    await runner.query(OPERATING_WAIT);
    await runner.query(LEARN_OPERATING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION learn_operating(uuid, jsonb, timestamptz)');
    await runner.query('DROP FUNCTION operating_wait(uuid, text, text, double precision, timestamptz)');
    await runner.query('DROP FUNCTION operating_share(text)');
    await runner.query('DROP TABLE portal_operating');
  }
}

/**
 * Milliseconds until a class may use a method again; NULL: it may now. When the oldest basket leaves nobody knows how
 * much was in it: then the next request finds out.
 */
const OPERATING_WAIT = `
  CREATE FUNCTION operating_wait(
    for_portal uuid, asked_method text, step_class text, limit_seconds double precision, moment timestamptz
  ) RETURNS double precision LANGUAGE sql STABLE AS $$
    SELECT extract(epoch FROM reset_at - moment) * 1000 FROM portal_operating
    WHERE portal_id = for_portal AND method = asked_method AND reset_at > moment
      AND (blocked OR used_seconds >= limit_seconds * operating_share(step_class))
  $$`;

/**
 * Takes over what answers told, each as {method, usedSeconds, resetMs, blocked}. A block stays to its end, also when an
 * answer that was on its way before it still comes in; of two answers about the same baskets the larger sum is the newer.
 */
const LEARN_OPERATING = `
  CREATE FUNCTION learn_operating(for_portal uuid, told jsonb, given_now timestamptz) RETURNS void
  LANGUAGE sql AS $$
    WITH news AS (
      SELECT DISTINCT ON (method) method, "usedSeconds", coalesce(blocked, false) AS blocked,
        coalesce(given_now, clock_timestamp()) + make_interval(secs => "resetMs" / 1000) AS reset_at
      FROM jsonb_to_recordset(told) AS given (
        method text, "usedSeconds" double precision, "resetMs" double precision, blocked boolean
      )
      ORDER BY method, blocked DESC NULLS LAST, "usedSeconds" DESC
    )
    INSERT INTO portal_operating AS known (portal_id, method, used_seconds, blocked, reset_at)
    SELECT for_portal, method, "usedSeconds", blocked, reset_at FROM news
    ON CONFLICT (portal_id, method) DO UPDATE SET
      used_seconds = excluded.used_seconds, blocked = excluded.blocked, reset_at = excluded.reset_at
    WHERE excluded.blocked
      OR known.reset_at <= coalesce(given_now, clock_timestamp())
      OR (NOT known.blocked AND (excluded.used_seconds >= known.used_seconds OR excluded.reset_at > known.reset_at + interval '1 second'))
  $$`;
