import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ngramsOf, searchTextOf } from '../companies/company-search.js';

/** Rows that are read and written at once. */
const batchSize = 1_000;

type Row = Parameters<typeof searchTextOf>[0] & { id: string };

/** What companies are searched by (see `company-search.ts`), and the language of their contacts. */
export class SearchCompanies1760000001200 implements MigrationInterface {
  name = 'SearchCompanies1760000001200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE companies
        ADD COLUMN search_text text NOT NULL DEFAULT '',
        ADD COLUMN search_ngrams integer[] NOT NULL DEFAULT '{}';
      UPDATE companies SET contact = contact || '{"language": null}';
    `);
    await this.fill(runner);
    await runner.query(`
      -- New entries wait in a list that every search reads, so it is short.
      CREATE INDEX companies_search ON companies USING gin (search_ngrams) WITH (gin_pending_list_limit = 256);
      -- Which companies an organization verified or suspended.
      CREATE INDEX standings_of_organization ON standings (organization_id, status, company_id);
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }

  private async fill(runner: QueryRunner): Promise<void> {
    let after: string | undefined = '00000000-0000-0000-0000-000000000000';
    while (after !== undefined) {
      const rows = (await runner.query(
        'SELECT id, name, uscc FROM companies WHERE id > $1 ORDER BY id LIMIT $2',
        [after, batchSize],
      )) as Row[];
      for (const row of rows) {
        const text = searchTextOf(row);
        await runner.query('UPDATE companies SET search_text = $2, search_ngrams = $3 WHERE id = $1', [
          row.id,
          text,
          ngramsOf(text),
        ]);
      }
      after = rows.at(-1)?.id;
    }
  }
}
