import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lines that route their callers, and who talked with a number last. */
export class Routing1795510000001 implements MigrationInterface {
  readonly name = 'Routing1795510000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE external_line
        ADD COLUMN routing jsonb,
        ADD CONSTRAINT external_line_routing_object CHECK (jsonb_typeof(routing) = 'object')`);
    await runner.query(
      'CREATE INDEX call_external_number_idx ON call (external_number, started_at) WHERE external_number IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX call_external_number_idx');
    await runner.query(
      'ALTER TABLE external_line DROP CONSTRAINT external_line_routing_object, DROP COLUMN routing',
    );
  }
}
