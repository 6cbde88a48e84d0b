import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LetKeysExpire1760000001100 implements MigrationInterface {
  name = 'LetKeysExpire1760000001100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE api_keys ADD COLUMN expires_at timestamptz, ADD COLUMN last_used_at timestamptz;
      -- Every gateway asks a few times a second which keys ended a moment ago.
      CREATE INDEX api_keys_ended ON api_keys (deleted_at) WHERE deleted_at IS NOT NULL;
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
