import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepLastPlaces1760000006003 implements MigrationInterface {
  name = 'KeepLastPlaces1760000006003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(lastPlaces);
    await runner.query(feeds);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}

const lastPlaces = `
  -- Where a meeting was last to take place, so that calendars can cancel it there.
  ALTER TABLE meetings ADD COLUMN last_starts_at timestamptz, ADD COLUMN last_ends_at timestamptz,
    ADD COLUMN last_table_no integer, ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now();
  UPDATE meetings SET last_starts_at = starts_at, last_ends_at = ends_at, last_table_no = table_no;

  CREATE FUNCTION keep_last_place() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.changed_at := now();
    IF NEW.starts_at IS NOT NULL THEN
      NEW.last_starts_at := NEW.starts_at;
      NEW.last_ends_at := NEW.ends_at;
      NEW.last_table_no := NEW.table_no;
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER meetings_keep_last_place BEFORE INSERT OR UPDATE ON meetings
    FOR EACH ROW EXECUTE FUNCTION keep_last_place();
`;

const feeds = `
  -- By what calendar programs read a company's meetings: one token each, kept as its SHA-256.
  CREATE TABLE calendar_feeds (
    company_id uuid PRIMARY KEY,
    token_hash bytea NOT NULL CONSTRAINT calendar_feeds_token UNIQUE,
    created_at timestamptz NOT NULL
  );
`;
