import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the public reads of stops and tours, and until when companies may change their delegates. */
export class DescribeStops1760000002100 implements MigrationInterface {
  name = 'DescribeStops1760000002100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE tours ADD COLUMN website text;
      ALTER TABLE stops ADD COLUMN description json, ADD COLUMN travel json, ADD COLUMN contact json;
      -- No instant means the default, which follows the times of the stop.
      UPDATE stops SET registration =
        (left(rtrim(registration::text), -1) || ',"changesUntil":null}')::json;
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
