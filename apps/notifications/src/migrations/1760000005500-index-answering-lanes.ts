import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexAnsweringLanes1760000005500 implements MigrationInterface {
  name = 'IndexAnsweringLanes1760000005500';

  async up(runner: QueryRunner): Promise<void> {
    // Of the lanes that are due some are leased in the order in which they took a message last.
    await runner.query(`CREATE INDEX lanes_answering ON lanes (last_success_at) WHERE due_at IS NOT NULL`);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
