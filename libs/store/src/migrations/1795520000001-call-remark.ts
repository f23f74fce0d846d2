import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a call is filed as it is, or not at all, though nothing is wrong: a hidden number, a list of what to ignore. */
export class CallRemark1795520000001 implements MigrationInterface {
  readonly name = 'CallRemark1795520000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE call_sync ADD COLUMN remark text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE call_sync DROP COLUMN remark');
  }
}
