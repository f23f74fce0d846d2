import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the portals are known to hold, and the ledger of what was asked of them: written by the worker alone. */
export class PortalCalls1795305600004 implements MigrationInterface {
  readonly name = 'PortalCalls1795305600004';

  async up(runner: QueryRunner): Promise<void> {
    await this.createPortalCall(runner);
    await this.createCallSync(runner);
    await this.createLedger(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER call_is_behind_new ON call');
    await runner.query('DROP TRIGGER call_is_behind_changed ON call');
    await runner.query('DROP FUNCTION call_is_behind()');
    await runner.query('DROP TABLE portal_request, call_sync, portal_call');
    await runner.query('DROP FUNCTION portal_call_goes_forward()');
  }

  private async createPortalCall(runner: QueryRunner): Promise<void> {
    // `state` is the portal call. The columns beside it are what constraints and queries need of it.
    await runner.query(`
      CREATE TABLE portal_call (
        call_id text NOT NULL,
        key text NOT NULL,
        portal_id uuid NOT NULL,
        portal_call_id text,
        finished boolean NOT NULL,
        attached text,
        state jsonb NOT NULL,
        revision integer NOT NULL,
        CONSTRAINT portal_call_pkey PRIMARY KEY (call_id, key),
        CONSTRAINT portal_call_call_fkey FOREIGN KEY (call_id) REFERENCES call (call_id),
        CONSTRAINT portal_call_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal (portal_id),
        CONSTRAINT portal_call_one_per_portal_call_id UNIQUE (portal_id, portal_call_id),
        CONSTRAINT portal_call_key_not_empty CHECK (key <> ''),
        CONSTRAINT portal_call_id_not_empty CHECK (portal_call_id <> ''),
        CONSTRAINT portal_call_finished_is_registered CHECK (NOT finished OR portal_call_id IS NOT NULL),
        CONSTRAINT portal_call_attached_is_finished CHECK (attached IS NULL OR finished),
        CONSTRAINT portal_call_revision_positive CHECK (revision > 0),
        CONSTRAINT portal_call_state_agrees CHECK (
          state ->> 'callId' IS NOT DISTINCT FROM call_id AND
          state ->> 'key' IS NOT DISTINCT FROM key AND
          state ->> 'portalCallId' IS NOT DISTINCT FROM portal_call_id AND
          state ->> 'finished' IS NOT DISTINCT FROM finished::text AND
          state ->> 'attached' IS NOT DISTINCT FROM attached
        )
      )`);
    await runner.query(`
      CREATE FUNCTION portal_call_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        broken text := CASE
          WHEN NEW.revision <> OLD.revision + 1 THEN 'portal_call_revision_steps'
          WHEN NEW.portal_id <> OLD.portal_id THEN 'portal_call_stays_in_its_portal'
          WHEN OLD.finished AND NOT NEW.finished THEN 'portal_call_finished_once'
          WHEN OLD.finished AND NEW.portal_call_id <> OLD.portal_call_id THEN 'portal_call_finished_once'
          WHEN OLD.attached IS NOT NULL AND NEW.attached IS DISTINCT FROM OLD.attached THEN 'portal_call_attached_once'
        END;
      BEGIN
        IF broken IS NOT NULL THEN
          RAISE EXCEPTION 'portal call % of call % can not go back (%)', OLD.key, OLD.call_id, broken
            USING ERRCODE = 'check_violation', TABLE = 'portal_call', CONSTRAINT = broken;
        END IF;
        RETURN NEW;
      END
      $$`);
    await runner.query(`
      CREATE TRIGGER portal_call_goes_forward BEFORE UPDATE ON portal_call
        FOR EACH ROW EXECUTE FUNCTION portal_call_goes_forward()`);
  }

  /**
   * `call_version` and `behind_since` are copies that the trigger keeps: an index cannot look into another table, and
   * without one the sweeper would have to compare every call with its row here.
   */
  private async createCallSync(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE call_sync (
        call_id text NOT NULL,
        call_version integer NOT NULL,
        synced_version integer NOT NULL DEFAULT 0,
        behind_since timestamptz NOT NULL,
        settled boolean NOT NULL DEFAULT false,
        not_before timestamptz,
        problem text,
        CONSTRAINT call_sync_pkey PRIMARY KEY (call_id),
        CONSTRAINT call_sync_call_fkey FOREIGN KEY (call_id) REFERENCES call (call_id) ON DELETE CASCADE,
        CONSTRAINT call_sync_not_ahead CHECK (synced_version BETWEEN 0 AND call_version)
      )`);
    await runner.query(
      'CREATE INDEX call_sync_behind_idx ON call_sync (behind_since) WHERE call_version > synced_version',
    );
    await runner.query(
      'CREATE INDEX call_sync_not_before_idx ON call_sync (not_before) WHERE not_before IS NOT NULL',
    );
    await runner.query(`
      CREATE FUNCTION call_is_behind() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO call_sync AS known (call_id, call_version, behind_since)
          SELECT call_id, version, clock_timestamp() FROM changed ORDER BY call_id
          ON CONFLICT (call_id) DO UPDATE SET
            call_version = excluded.call_version,
            behind_since = CASE WHEN known.call_version > known.synced_version
              THEN known.behind_since ELSE excluded.behind_since END
          WHERE known.call_version < excluded.call_version;
        RETURN NULL;
      END
      $$`);
    // A trigger with a transition table serves one event, so there are two.
    await runner.query(`
      CREATE TRIGGER call_is_behind_new AFTER INSERT ON call REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION call_is_behind()`);
    await runner.query(`
      CREATE TRIGGER call_is_behind_changed AFTER UPDATE ON call REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION call_is_behind()`);
  }

  private async createLedger(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE portal_request (
        request_id bigint GENERATED ALWAYS AS IDENTITY,
        request_day date NOT NULL,
        call_id text NOT NULL,
        portal_id uuid NOT NULL,
        step text NOT NULL,
        method text NOT NULL,
        params jsonb,
        status integer,
        answer jsonb,
        verdict text,
        started_at timestamptz NOT NULL,
        duration_ms integer NOT NULL,
        CONSTRAINT portal_request_pkey PRIMARY KEY (request_id, request_day),
        CONSTRAINT portal_request_call_fkey FOREIGN KEY (call_id) REFERENCES call (call_id),
        CONSTRAINT portal_request_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal (portal_id),
        CONSTRAINT portal_request_step_not_empty CHECK (step <> ''),
        CONSTRAINT portal_request_method_not_empty CHECK (method <> ''),
        CONSTRAINT portal_request_status_of_http CHECK (status BETWEEN 100 AND 599),
        CONSTRAINT portal_request_duration_not_negative CHECK (duration_ms >= 0),
        CONSTRAINT portal_request_day_of_start CHECK (request_day = (started_at AT TIME ZONE 'UTC')::date)
      ) PARTITION BY RANGE (request_day)`);
    await runner.query('CREATE INDEX portal_request_call_idx ON portal_request (call_id, started_at)');
    await runner.query('CREATE TABLE portal_request_default PARTITION OF portal_request DEFAULT');
  }
}
