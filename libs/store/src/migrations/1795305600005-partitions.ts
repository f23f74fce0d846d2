import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the partitions of the journal and of the ledger ahead of their day. */
export class Partitions1795305600005 implements MigrationInterface {
  readonly name = 'Partitions1795305600005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE_DAY_PARTITION);
    await runner.query(ENSURE_PARTITIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION ensure_partitions(integer)');
    await runner.query('DROP FUNCTION create_day_partition(text, date)');
  }
}

/**
 * Creates one partition; tells whether there was none. Rows of that day which already lie in the default partition move
 * to the new one. The tables are locked in the order in which writers take them (call, then the partition), since a
 * partition with a foreign key locks the table it refers to: in another order the two could wait for each other.
 */
const CREATE_DAY_PARTITION = `
  CREATE FUNCTION create_day_partition(parent text, day date) RETURNS boolean LANGUAGE plpgsql AS $$
  DECLARE
    partition_name text := parent || to_char(day, '_YYYYMMDD');
    default_name text := parent || '_default';
    day_column text;
  BEGIN
    IF to_regclass(quote_ident(partition_name)) IS NOT NULL THEN
      RETURN false;
    END IF;
    LOCK TABLE portal, call IN SHARE ROW EXCLUSIVE MODE;
    IF to_regclass(quote_ident(partition_name)) IS NOT NULL THEN
      RETURN false;
    END IF;
    SELECT a.attname INTO STRICT day_column
      FROM pg_partitioned_table p JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
      WHERE p.partrelid = parent::regclass;
    EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', default_name);
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL EXCLUDING IDENTITY)', partition_name, parent);
    EXECUTE format('WITH moved AS (DELETE FROM %I WHERE %I = $1 RETURNING *) INSERT INTO %I SELECT * FROM moved',
      default_name, day_column, partition_name) USING day;
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
      parent, partition_name, day, day + 1);
    RETURN true;
  END
  $$`;

/** Days are days of UTC. Yesterday too: just after midnight the last events of the day before are still to come. */
const ENSURE_PARTITIONS = `
  CREATE FUNCTION ensure_partitions(days_ahead integer) RETURNS integer LANGUAGE plpgsql AS $$
  DECLARE
    today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
    created integer := 0;
    parent text;
    days integer;
  BEGIN
    FOREACH parent IN ARRAY ARRAY['call_event', 'portal_request'] LOOP
      FOR days IN -1 .. days_ahead LOOP
        created := created + create_day_partition(parent, today + days)::integer;
      END LOOP;
    END LOOP;
    RETURN created;
  END
  $$`;
