import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calls with their channels and recordings: facts from the switch, written by the gateway alone. */
export class Calls1795305600002 implements MigrationInterface {
  readonly name = 'Calls1795305600002';

  async up(runner: QueryRunner): Promise<void> {
    // `state` is the call. The columns beside it are a snapshot of what follows from it, for queries and for people.
    await runner.query(`
      CREATE TABLE call (
        call_id text NOT NULL,
        switch_id text NOT NULL,
        core_uuid text NOT NULL,
        started_at timestamptz NOT NULL,
        ended_at timestamptz,
        direction text NOT NULL,
        external_number text,
        external_name text,
        did text,
        outcome text,
        talk_seconds integer,
        state jsonb NOT NULL,
        version integer NOT NULL,
        merged_into text,
        CONSTRAINT call_pkey PRIMARY KEY (call_id),
        CONSTRAINT call_switch_fkey FOREIGN KEY (switch_id) REFERENCES switch (switch_id),
        CONSTRAINT call_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES call (call_id),
        CONSTRAINT call_id_not_empty CHECK (call_id <> ''),
        CONSTRAINT call_core_uuid_not_empty CHECK (core_uuid <> ''),
        CONSTRAINT call_direction_known CHECK (direction IN ('inbound', 'outbound', 'internal')),
        CONSTRAINT call_outcome_known CHECK (outcome IN (
          'answered', 'missed', 'busy', 'declined', 'failed', 'no-answer', 'cancelled',
          'agent-no-answer', 'agent-declined', 'lost'
        )),
        CONSTRAINT call_ends_after_start CHECK (ended_at >= started_at),
        CONSTRAINT call_talk_not_negative CHECK (talk_seconds >= 0),
        CONSTRAINT call_talk_when_ended CHECK ((talk_seconds IS NULL) = (ended_at IS NULL)),
        CONSTRAINT call_outcome_when_ended CHECK ((outcome IS NULL) = (ended_at IS NULL OR merged_into IS NOT NULL)),
        CONSTRAINT call_merged_is_over CHECK (merged_into IS NULL OR ended_at IS NOT NULL),
        CONSTRAINT call_not_merged_into_itself CHECK (merged_into <> call_id),
        CONSTRAINT call_version_positive CHECK (version > 0),
        CONSTRAINT call_state_agrees CHECK (
          state ->> 'callId' IS NOT DISTINCT FROM call_id AND
          state ->> 'version' IS NOT DISTINCT FROM version::text
        )
      )`);
    await runner.query('CREATE INDEX call_started_idx ON call (started_at)');
    await runner.query('CREATE INDEX call_open_idx ON call (switch_id) WHERE ended_at IS NULL');
    await runner.query(
      'CREATE INDEX call_merged_into_idx ON call (merged_into) WHERE merged_into IS NOT NULL',
    );
    await runner.query(`
      CREATE FUNCTION call_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.version < OLD.version OR (NEW.version = OLD.version AND NEW.state <> OLD.state) THEN
          RAISE EXCEPTION 'call % has version %: other facts need a higher one than %',
            OLD.call_id, OLD.version, NEW.version
            USING ERRCODE = 'check_violation', TABLE = 'call', CONSTRAINT = 'call_version_grows';
        END IF;
        IF NEW.merged_into IS DISTINCT FROM OLD.merged_into AND OLD.merged_into IS NOT NULL THEN
          RAISE EXCEPTION 'call % is part of call % for good', OLD.call_id, OLD.merged_into
            USING ERRCODE = 'check_violation', TABLE = 'call', CONSTRAINT = 'call_merged_for_good';
        END IF;
        RETURN NEW;
      END
      $$`);
    await runner.query(`
      CREATE TRIGGER call_goes_forward BEFORE UPDATE ON call
        FOR EACH ROW EXECUTE FUNCTION call_goes_forward()`);
    await runner.query(`
      CREATE TABLE channel (
        channel_uuid text NOT NULL,
        call_id text NOT NULL,
        core_uuid text NOT NULL,
        direction text NOT NULL,
        party text NOT NULL,
        extension text,
        domain text,
        caller_number text,
        dialled text,
        created_at timestamptz NOT NULL,
        rang_at timestamptz,
        answered_at timestamptz,
        ended_at timestamptz,
        hangup_cause text,
        sip_status integer,
        CONSTRAINT channel_pkey PRIMARY KEY (channel_uuid),
        CONSTRAINT channel_call_fkey FOREIGN KEY (call_id) REFERENCES call (call_id) ON DELETE CASCADE,
        CONSTRAINT channel_uuid_not_empty CHECK (channel_uuid <> ''),
        CONSTRAINT channel_direction_known CHECK (direction IN ('inbound', 'outbound')),
        CONSTRAINT channel_party_known CHECK (party IN ('employee', 'outside', 'loopback')),
        CONSTRAINT channel_extension_of_employee CHECK ((party = 'employee') = (extension IS NOT NULL)),
        CONSTRAINT channel_extension_not_empty CHECK (extension <> '')
      )`);
    await runner.query('CREATE INDEX channel_call_idx ON channel (call_id)');
    await runner.query(`
      CREATE TABLE recording (
        call_id text NOT NULL,
        path text NOT NULL,
        channel_uuid text NOT NULL,
        started_at timestamptz,
        stopped_at timestamptz,
        length_ms bigint,
        discarded boolean NOT NULL,
        CONSTRAINT recording_pkey PRIMARY KEY (call_id, path),
        CONSTRAINT recording_call_fkey FOREIGN KEY (call_id) REFERENCES call (call_id) ON DELETE CASCADE,
        CONSTRAINT recording_path_not_empty CHECK (path <> ''),
        CONSTRAINT recording_length_not_negative CHECK (length_ms >= 0)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE recording, channel, call');
    await runner.query('DROP FUNCTION call_goes_forward()');
  }
}
