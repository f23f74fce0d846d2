import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The inbox of what portals tell, and what drops the days that are kept long enough. */
export class PortalEvents1795392000002 implements MigrationInterface {
  readonly name = 'PortalEvents1795392000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE portal_event (
        event_id bigint GENERATED ALWAYS AS IDENTITY,
        event_day date NOT NULL,
        portal_id uuid NOT NULL,
        fingerprint text NOT NULL,
        name text NOT NULL,
        handler_id text,
        sent_at timestamptz,
        received_at timestamptz NOT NULL,
        data jsonb NOT NULL,
        auth jsonb NOT NULL,
        state text NOT NULL DEFAULT 'stored',
        attempts integer NOT NULL DEFAULT 0,
        reason text,
        CONSTRAINT portal_event_pkey PRIMARY KEY (event_id, event_day),
        CONSTRAINT portal_event_once UNIQUE (portal_id, fingerprint, event_day),
        CONSTRAINT portal_event_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal (portal_id),
        CONSTRAINT portal_event_fingerprint_hashed CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
        CONSTRAINT portal_event_name_in_capitals CHECK (name <> '' AND name = upper(name)),
        CONSTRAINT portal_event_state_known CHECK (state IN ('stored', 'waiting', 'handled', 'failed')),
        CONSTRAINT portal_event_says_why CHECK (reason IS NOT NULL OR state IN ('stored', 'handled')),
        CONSTRAINT portal_event_attempts_not_negative CHECK (attempts >= 0)
      ) PARTITION BY RANGE (event_day)`);
    // Only what waits to be handled: empty most of the time.
    await runner.query(
      `CREATE INDEX portal_event_stored_idx ON portal_event (received_at) WHERE state = 'stored'`,
    );
    await runner.query('CREATE TABLE portal_event_default PARTITION OF portal_event DEFAULT');
    await runner.query('CREATE INDEX portal_request_portal_idx ON portal_request (portal_id, started_at)');
    await runner.query(ensurePartitions(['call_event', 'portal_request', 'portal_event']));
    await runner.query(DROP_DAYS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION drop_days(text, date)');
    await runner.query(ensurePartitions(['call_event', 'portal_request']));
    await runner.query('DROP INDEX portal_request_portal_idx');
    await runner.query('DROP TABLE portal_event');
  }
}

/** As before, for these tables. */
const ensurePartitions = (tables: readonly string[]) => `
  CREATE OR REPLACE FUNCTION ensure_partitions(days_ahead integer) RETURNS integer LANGUAGE plpgsql AS $$
  DECLARE
    today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
    created integer := 0;
    parent text;
    days integer;
  BEGIN
    FOREACH parent IN ARRAY ARRAY[${tables.map((table) => `'${table}'`).join(', ')}] LOOP
      FOR days IN -1 .. days_ahead LOOP
        created := created + create_day_partition(parent, today + days)::integer;
      END LOOP;
    END LOOP;
    RETURN created;
  END
  $$`;

/**
 * Drops the partitions of days before a day, and deletes what lies of them in the default one; tells how many partitions
 * went. The tables that they refer to are locked first, in the order of create_day_partition and of all writers: dropping
 * a foreign key locks them, and in another order two could wait for each other. Whoever calls it bounds that wait
 * (lock_timeout).
 */
const DROP_DAYS = `
  CREATE FUNCTION drop_days(parent text, before date) RETURNS integer LANGUAGE plpgsql AS $$
  DECLARE
    old text[];
    partition_name text;
    day_column text;
  BEGIN
    SELECT a.attname INTO STRICT day_column
      FROM pg_partitioned_table p JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
      WHERE p.partrelid = parent::regclass;
    EXECUTE format('DELETE FROM %I WHERE %I < $1', parent || '_default', day_column) USING before;
    SELECT coalesce(array_agg(c.relname ORDER BY c.relname), '{}') INTO old
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = parent::regclass AND c.relname ~ ('^' || parent || '_[0-9]{8}$')
        AND to_date(right(c.relname, 8), 'YYYYMMDD') < before;
    IF old <> '{}' THEN
      LOCK TABLE portal, call IN ACCESS EXCLUSIVE MODE;
      FOREACH partition_name IN ARRAY old LOOP
        EXECUTE format('DROP TABLE IF EXISTS %I', partition_name);
      END LOOP;
    END IF;
    RETURN cardinality(old);
  END
  $$`;
