import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An import may take over what changed in a file, while released timetables go on showing what they showed. */
export class ReviseImportedEntries1760000004100 implements MigrationInterface {
  name = 'ReviseImportedEntries1760000004100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Counts the imports that changed an entry; a release names the revision that it shows.
      ALTER TABLE imported_entries ADD COLUMN revision integer NOT NULL DEFAULT 1;
      ALTER TABLE imported_entries
        DROP CONSTRAINT imported_entries_pkey,
        ADD PRIMARY KEY (session_id, revision),
        DROP CONSTRAINT imported_entries_once,
        ADD CONSTRAINT imported_entries_once UNIQUE (stop_id, source_id, revision);
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
