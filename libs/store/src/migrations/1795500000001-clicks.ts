import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Clicks that were decided on: each once, taken by one gateway at most. */
export class Clicks1795500000001 implements MigrationInterface {
  readonly name = 'Clicks1795500000001';

  async up(runner: QueryRunner): Promise<void> {
    // No reference to the call: it is made by whoever takes the click, or when nobody did.
    await runner.query(`
      CREATE TABLE click (
        call_id text NOT NULL,
        portal_id uuid NOT NULL,
        event_id bigint,
        portal_call_id text,
        user_id integer NOT NULL,
        switch_id text NOT NULL,
        state text NOT NULL,
        trouble text,
        decided_at timestamptz NOT NULL,
        dial_before timestamptz,
        dial_order jsonb,
        CONSTRAINT click_pkey PRIMARY KEY (call_id),
        CONSTRAINT click_once_per_event UNIQUE (event_id),
        CONSTRAINT click_once_per_portal_call UNIQUE (portal_id, portal_call_id),
        CONSTRAINT click_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal (portal_id),
        CONSTRAINT click_switch_fkey FOREIGN KEY (switch_id) REFERENCES switch (switch_id),
        CONSTRAINT click_state_known CHECK (state IN ('ordered', 'taken', 'missed', 'refused')),
        CONSTRAINT click_refused_says_why CHECK ((state = 'refused') = (trouble IS NOT NULL)),
        CONSTRAINT click_ordered_in_time CHECK (state = 'refused' OR dial_before IS NOT NULL AND dial_order IS NOT NULL)
      )`);
    await runner.query(`CREATE INDEX click_ordered_idx ON click (dial_before) WHERE state = 'ordered'`);
    await runner.query('CREATE INDEX click_portal_idx ON click (portal_id, decided_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE click');
  }
}
