import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The portals' rate limit: a leaky bucket per portal and source address, in which requests are drops
 * (Bitrix24 limits page: 2 per second drain, above 50 is refused; Enterprise 5 and 250).
 */
export class RateGovernor1795305600006 implements MigrationInterface {
  readonly name = 'RateGovernor1795305600006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE portal_rate (
        portal_id uuid NOT NULL,
        egress text NOT NULL,
        level double precision NOT NULL DEFAULT 0,
        level_at timestamptz NOT NULL,
        promised jsonb NOT NULL DEFAULT '{}',
        CONSTRAINT portal_rate_pkey PRIMARY KEY (portal_id, egress),
        CONSTRAINT portal_rate_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal (portal_id) ON DELETE CASCADE,
        CONSTRAINT portal_rate_egress_not_empty CHECK (egress <> ''),
        CONSTRAINT portal_rate_level_not_negative CHECK (level >= 0)
      )`);
    // A live card may fill all but two places, which stay free for what the portal counts and we do not see.
    await runner.query(`
      CREATE FUNCTION rate_threshold(step_class text, capacity integer) RETURNS double precision
      LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE step_class
          WHEN 'live-card' THEN capacity - 2
          WHEN 'finish' THEN capacity * 0.8
          WHEN 'recording' THEN capacity * 0.6
          WHEN 'backfill' THEN capacity * 0.4
          WHEN 'directory' THEN capacity * 0.3
        END
      $$`);
    await runner.query(LEAK);
    await runner.query(RESERVE);
    await runner.query(PENALISE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION penalise_portal(uuid, text, timestamptz)');
    await runner.query('DROP FUNCTION reserve_request(uuid, text, text, timestamptz)');
    await runner.query('DROP FUNCTION leak_portal_rate(uuid, text, double precision, timestamptz)');
    await runner.query('DROP FUNCTION rate_threshold(text, integer)');
    await runner.query('DROP TABLE portal_rate');
  }
}

/** Locks the bucket, creates it if need be, and gives it as it is now. The clock is read when the lock is held. */
const LEAK = `
  CREATE FUNCTION leak_portal_rate(for_portal uuid, for_egress text, drain double precision, given_now timestamptz)
  RETURNS portal_rate LANGUAGE plpgsql AS $$
  DECLARE
    bucket portal_rate;
    moment timestamptz;
  BEGIN
    INSERT INTO portal_rate (portal_id, egress, level_at)
      VALUES (for_portal, for_egress, coalesce(given_now, clock_timestamp())) ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT bucket FROM portal_rate WHERE portal_id = for_portal AND egress = for_egress FOR UPDATE;
    -- A clock that was set back must not fill the bucket.
    moment := greatest(coalesce(given_now, clock_timestamp()), bucket.level_at);
    bucket.level := greatest(0, bucket.level - extract(epoch FROM moment - bucket.level_at) * drain);
    bucket.level_at := moment;
    RETURN bucket;
  END
  $$`;

/**
 * Takes a place for one request. Gives NULL, or how many milliseconds to wait before asking again: until there is room for
 * this class, and behind those of the class who were told to wait before, so that they do not all come back at once.
 */
const RESERVE = `
  CREATE FUNCTION reserve_request(for_portal uuid, for_egress text, step_class text, given_now timestamptz)
  RETURNS double precision LANGUAGE plpgsql AS $$
  DECLARE
    capacity integer;
    drain double precision;
    threshold double precision;
    bucket portal_rate;
    room_at timestamptz;
    behind_others timestamptz;
    come_back timestamptz;
  BEGIN
    SELECT rate_capacity, rate_drain_per_second INTO STRICT capacity, drain FROM portal WHERE portal_id = for_portal;
    threshold := rate_threshold(step_class, capacity);
    IF threshold IS NULL THEN
      RAISE EXCEPTION 'unknown class of step: %', step_class USING ERRCODE = 'invalid_parameter_value';
    END IF;
    bucket := leak_portal_rate(for_portal, for_egress, drain, given_now);
    IF bucket.level + 1 <= threshold THEN
      bucket.level := bucket.level + 1;
    ELSE
      room_at := bucket.level_at + make_interval(secs => (bucket.level + 1 - threshold) / drain);
      behind_others := (bucket.promised ->> step_class)::timestamptz + make_interval(secs => 1 / drain);
      come_back := greatest(room_at, least(coalesce(behind_others, room_at), room_at + interval '5 minutes'));
      bucket.promised := bucket.promised || jsonb_build_object(step_class, come_back);
    END IF;
    UPDATE portal_rate SET level = bucket.level, level_at = bucket.level_at, promised = bucket.promised
      WHERE portal_id = for_portal AND egress = for_egress;
    RETURN extract(epoch FROM come_back - bucket.level_at) * 1000;
  END
  $$`;

/** The portal refused for its rate limit: somebody else fills the bucket too. Gives the wait in ms until a live card fits. */
const PENALISE = `
  CREATE FUNCTION penalise_portal(for_portal uuid, for_egress text, given_now timestamptz)
  RETURNS double precision LANGUAGE plpgsql AS $$
  DECLARE
    capacity integer;
    drain double precision;
    bucket portal_rate;
  BEGIN
    SELECT rate_capacity, rate_drain_per_second INTO STRICT capacity, drain FROM portal WHERE portal_id = for_portal;
    bucket := leak_portal_rate(for_portal, for_egress, drain, given_now);
    UPDATE portal_rate SET level = greatest(bucket.level, capacity), level_at = bucket.level_at
      WHERE portal_id = for_portal AND egress = for_egress;
    RETURN (capacity + 1 - rate_threshold('live-card', capacity)) / drain * 1000;
  END
  $$`;
