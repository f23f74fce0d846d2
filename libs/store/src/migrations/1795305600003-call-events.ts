import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The journal of calls, written by the gateway alone, in one partition per day (UTC). */
export class CallEvents1795305600003 implements MigrationInterface {
  readonly name = 'CallEvents1795305600003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE call_event (
        core_uuid text NOT NULL,
        event_sequence bigint NOT NULL,
        kind text NOT NULL,
        subject text NOT NULL,
        event_day date NOT NULL,
        call_id text NOT NULL,
        occurred_at timestamptz NOT NULL,
        observed_at timestamptz NOT NULL,
        body jsonb NOT NULL,
        CONSTRAINT call_event_pkey PRIMARY KEY (core_uuid, event_sequence, kind, subject, event_day),
        CONSTRAINT call_event_call_fkey FOREIGN KEY (call_id) REFERENCES call (call_id),
        CONSTRAINT call_event_sequence_not_negative CHECK (event_sequence >= 0),
        CONSTRAINT call_event_kind_not_empty CHECK (kind <> ''),
        CONSTRAINT call_event_day_of_occurrence CHECK (event_day = (occurred_at AT TIME ZONE 'UTC')::date)
      ) PARTITION BY RANGE (event_day)`);
    await runner.query('CREATE INDEX call_event_call_idx ON call_event (call_id, occurred_at)');
    // For days that nobody prepared: a switch whose clock is wrong must not stop the journal.
    await runner.query('CREATE TABLE call_event_default PARTITION OF call_event DEFAULT');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE call_event');
  }
}
