import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is looked after in a portal again and again, how its lines are called, events that come on two ways, and which of
 * our processes are alive.
 */
export class PortalUpkeep1795478400001 implements MigrationInterface {
  readonly name = 'PortalUpkeep1795478400001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE portal_line (
        portal_id uuid NOT NULL,
        line_number text NOT NULL,
        name text,
        delete_wanted boolean NOT NULL DEFAULT false,
        CONSTRAINT portal_line_pkey PRIMARY KEY (portal_id, line_number),
        CONSTRAINT portal_line_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal (portal_id) ON DELETE CASCADE,
        CONSTRAINT portal_line_number_not_empty CHECK (btrim(line_number) <> ''),
        CONSTRAINT portal_line_name_not_empty CHECK (btrim(name) <> '')
      )`);
    await runner.query(`
      CREATE TABLE portal_chore (
        portal_id uuid NOT NULL,
        chore text NOT NULL,
        due_at timestamptz NOT NULL,
        done_at timestamptz,
        problem text,
        CONSTRAINT portal_chore_pkey PRIMARY KEY (portal_id, chore),
        CONSTRAINT portal_chore_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal (portal_id) ON DELETE CASCADE,
        CONSTRAINT portal_chore_known CHECK (chore IN ('read-users', 'fetch-offline-events'))
      )`);
    await runner.query(`
      CREATE TABLE process_heartbeat (
        process_id uuid NOT NULL,
        app text NOT NULL,
        host text NOT NULL,
        pid integer NOT NULL,
        started_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        health jsonb NOT NULL,
        CONSTRAINT process_heartbeat_pkey PRIMARY KEY (process_id),
        CONSTRAINT process_heartbeat_app_not_empty CHECK (app <> ''),
        CONSTRAINT process_heartbeat_health_object CHECK (jsonb_typeof(health) = 'object')
      )`);
    await this.changeEvents(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP FUNCTION store_portal_event(date, uuid, text, text, text, text, text, timestamptz, timestamptz, jsonb, jsonb)',
    );
    await runner.query('DROP INDEX portal_event_content_idx, portal_event_twin_idx');
    await runner.query(
      'ALTER TABLE portal_event DROP COLUMN source, DROP COLUMN content_hash, DROP COLUMN twin',
    );
    await runner.query('DROP TABLE process_heartbeat, portal_chore, portal_line');
  }

  /** Those from before can have no twin: nothing was fetched. */
  private async changeEvents(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE portal_event
        ADD COLUMN source text NOT NULL DEFAULT 'online',
        ADD COLUMN content_hash text,
        ADD COLUMN twin text,
        ADD CONSTRAINT portal_event_source_known CHECK (source IN ('online', 'offline')),
        ADD CONSTRAINT portal_event_content_hashed CHECK (content_hash ~ '^[0-9a-f]{64}$'),
        ADD CONSTRAINT portal_event_twin_hashed CHECK (twin ~ '^[0-9a-f]{64}$')`);
    await runner.query(
      'CREATE INDEX portal_event_content_idx ON portal_event (portal_id, content_hash) WHERE content_hash IS NOT NULL',
    );
    await runner.query(
      'CREATE INDEX portal_event_twin_idx ON portal_event (portal_id, twin) WHERE twin IS NOT NULL',
    );
    await runner.query(STORE_EVENT);
  }
}

/**
 * Stores an event unless it is there: it came before on the same way; or its twin came on the other one (posted, or fetched
 * from the portal's queue) with the same content at nearly the same time, and has no twin yet. The lock makes the two take
 * turns; each statement of a function sees what was committed before it began.
 */
const STORE_EVENT = `
  CREATE FUNCTION store_portal_event(
    new_day date, of_portal uuid, new_fingerprint text, new_content text, new_source text, new_name text,
    new_handler text, new_sent_at timestamptz, new_received_at timestamptz, new_data jsonb, new_auth jsonb,
    OUT event_id bigint, OUT is_new boolean
  ) LANGUAGE plpgsql AS $$
  DECLARE
    moment timestamptz := coalesce(new_sent_at, new_received_at);
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(of_portal || new_content, 26));
    is_new := false;
    SELECT known.event_id INTO event_id FROM portal_event AS known
      WHERE portal_id = of_portal AND (fingerprint = new_fingerprint AND event_day = new_day OR twin = new_fingerprint)
      LIMIT 1;
    IF event_id IS NOT NULL THEN RETURN; END IF;
    UPDATE portal_event AS known SET twin = new_fingerprint
      WHERE (known.event_id, known.event_day) = (
        SELECT other.event_id, other.event_day FROM portal_event AS other
        WHERE other.portal_id = of_portal AND other.content_hash = new_content AND other.source <> new_source
          AND other.twin IS NULL
          AND coalesce(other.sent_at, other.received_at) BETWEEN moment - interval '15 minutes' AND moment + interval '15 minutes'
        ORDER BY abs(extract(epoch FROM coalesce(other.sent_at, other.received_at) - moment)), other.event_id
        LIMIT 1)
      RETURNING known.event_id INTO event_id;
    IF event_id IS NOT NULL THEN RETURN; END IF;
    INSERT INTO portal_event AS added (
        event_day, portal_id, fingerprint, content_hash, source, name, handler_id, sent_at, received_at, data, auth)
      VALUES (
        new_day, of_portal, new_fingerprint, new_content, new_source, new_name, new_handler, new_sent_at,
        new_received_at, new_data, new_auth)
      RETURNING added.event_id INTO event_id;
    is_new := true;
  END
  $$`;
