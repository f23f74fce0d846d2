import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ledger tells also when a request was ready, which turn it was sent on and with which others; and a line can differ from its portal in what is created in the CRM and told in the chat.
 */
export class LedgerTurns1795400000002 implements MigrationInterface {
  readonly name = 'LedgerTurns1795400000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE portal_request
        ADD step_class text,
        ADD ready_at timestamptz,
        ADD turn bigint,
        ADD batch_id uuid`);
    await runner.query(`
      ALTER TABLE external_line
        ADD policy jsonb NOT NULL DEFAULT '{}',
        ADD CONSTRAINT external_line_policy_object CHECK (jsonb_typeof(policy) = 'object')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE external_line DROP policy');
    await runner.query('ALTER TABLE portal_request DROP step_class, DROP ready_at, DROP turn, DROP batch_id');
  }
}
