import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepImportedEntries1760000004100 implements MigrationInterface {
  name = 'KeepImportedEntries1760000004100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Which entry of a schedule file a session came from, and what the file said of it besides. Beside the sessions
      -- and never changed, so that changes of a session carry none of it.
      CREATE TABLE imported_entries (
        session_id uuid PRIMARY KEY REFERENCES sessions,
        stop_id uuid NOT NULL REFERENCES stops,
        source_id text NOT NULL,
        details jsonb NOT NULL,
        CONSTRAINT imported_entries_once UNIQUE (stop_id, source_id)
      );
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
