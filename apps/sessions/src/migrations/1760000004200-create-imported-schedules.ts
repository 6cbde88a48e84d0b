import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a schedule file says of its conference comes back in the exports, as what it says of its entries does. */
export class CreateImportedSchedules1760000004200 implements MigrationInterface {
  name = 'CreateImportedSchedules1760000004200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE imported_schedules (
        stop_id uuid NOT NULL REFERENCES stops,
        -- Counts the imports that changed it; a release names the revision that it shows.
        revision integer NOT NULL CHECK (revision >= 1),
        details jsonb NOT NULL,
        PRIMARY KEY (stop_id, revision)
      );
      ALTER TABLE timetable_releases ADD COLUMN schedule_revision integer;
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
