import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The person who made a change, where one was signed in. */
export class AuditUsers1760000000500 implements MigrationInterface {
  name = 'AuditUsers1760000000500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit ADD COLUMN actor_user_id uuid');
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
