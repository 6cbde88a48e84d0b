import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nobody has the badge of an erased delegate. */
export class LetDelegatesBeErased1760000002900 implements MigrationInterface {
  name = 'LetDelegatesBeErased1760000002900';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE delegates ALTER COLUMN badge DROP NOT NULL');
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
