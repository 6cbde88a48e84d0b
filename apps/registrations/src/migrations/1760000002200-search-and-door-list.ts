import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Localized } from '#contracts';
import { companySearchText } from '../companies/company-search.js';
import { delegateSearchText } from '../seats/delegate-search.js';

/** Rows that are read and written at once. */
const batchSize = 1_000;

/** What registrations are searched by and sorted by, and the seats that were taken away, for the lists at doors. */
export class SearchAndDoorList1760000002200 implements MigrationInterface {
  name = 'SearchAndDoorList1760000002200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE delegates ADD COLUMN search_text text NOT NULL DEFAULT '';
      -- The credit code is unknown until an event of accounts brings it.
      ALTER TABLE companies ADD COLUMN uscc text, ADD COLUMN search_text text NOT NULL DEFAULT '';
      CREATE INDEX companies_without_uscc ON companies (company_id) WHERE uscc IS NULL;

      -- For people who read exports and messages; unknown for stops from earlier events.
      ALTER TABLE stops ADD COLUMN name jsonb, ADD COLUMN time_zone text;
      ALTER TABLE sessions ADD COLUMN title jsonb;

      ALTER TABLE ended_badges ADD COLUMN registration_id uuid;
      CREATE INDEX ended_badges_stop ON ended_badges (stop_id, delegate_id);

      -- Names in the order of people: Chinese by pinyin. A server built without ICU orders by code points.
      DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i') THEN
          CREATE COLLATION company_names (provider = icu, locale = 'zh');
        ELSE
          CREATE COLLATION company_names FROM "C";
        END IF;
      END $$;
    `);
    await this.fillDelegates(runner);
    await this.fillCompanies(runner);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }

  private async fillDelegates(runner: QueryRunner): Promise<void> {
    let after: string | undefined = '00000000-0000-0000-0000-000000000000';
    while (after !== undefined) {
      const rows = (await runner.query(
        'SELECT id, name, email, mobile FROM delegates WHERE id > $1 ORDER BY id LIMIT $2',
        [after, batchSize],
      )) as { id: string; name: string; email: string; mobile: string | null }[];
      await runner.query(
        `UPDATE delegates d SET search_text = n.search_text FROM unnest($1::uuid[], $2::text[]) AS n (id, search_text)
          WHERE d.id = n.id`,
        [rows.map(({ id }) => id), rows.map(delegateSearchText)],
      );
      after = rows.at(-1)?.id;
    }
  }

  private async fillCompanies(runner: QueryRunner): Promise<void> {
    let after: string | undefined = '00000000-0000-0000-0000-000000000000';
    while (after !== undefined) {
      const rows = (await runner.query(
        'SELECT company_id AS id, name FROM companies WHERE company_id > $1 ORDER BY company_id LIMIT $2',
        [after, batchSize],
      )) as { id: string; name: Localized }[];
      await runner.query(
        `UPDATE companies c SET search_text = n.search_text FROM unnest($1::uuid[], $2::text[]) AS n (id, search_text)
          WHERE c.company_id = n.id`,
        [rows.map(({ id }) => id), rows.map(({ name }) => companySearchText({ name }))],
      );
      after = rows.at(-1)?.id;
    }
  }
}
