import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the service that writes to people needs: who left, what ended, and versions of check-ins and sign-ups. */
export class TellOfPeople1760000002100 implements MigrationInterface {
  name = 'TellOfPeople1760000002100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Raised with every change of the check-in; 0 until there was one.
      ALTER TABLE delegates ADD COLUMN check_in_version integer NOT NULL DEFAULT 0;
      UPDATE delegates SET check_in_version = 1 WHERE checked_in_at IS NOT NULL;
      -- Raised with every change of the delegation's sign-ups; 0 until there was one.
      ALTER TABLE registrations ADD COLUMN sign_ups_version integer NOT NULL DEFAULT 0;
      UPDATE registrations SET sign_ups_version = 1 WHERE id IN (SELECT registration_id FROM sign_ups);

      -- Personal data of those who left a delegation, for as long as they may have to be notified: pruned after days.
      CREATE TABLE departed_delegates (
        id uuid PRIMARY KEY,
        registration_id uuid NOT NULL,
        delegate_id uuid NOT NULL,
        name text NOT NULL,
        email text NOT NULL,
        language text CHECK (language IN ('zh', 'en')),
        departed_at timestamptz NOT NULL
      );
      CREATE INDEX departed_delegates_registration ON departed_delegates (registration_id, id);
      CREATE INDEX departed_delegates_time ON departed_delegates (departed_at);

      -- Sign-ups that ended with their session, for as long as those who had them may have to be notified.
      CREATE TABLE ended_sign_ups (
        session_id uuid NOT NULL,
        delegate_id uuid NOT NULL,
        registration_id uuid NOT NULL,
        ended_at timestamptz NOT NULL,
        PRIMARY KEY (session_id, delegate_id)
      );
      CREATE INDEX ended_sign_ups_time ON ended_sign_ups (ended_at);
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
