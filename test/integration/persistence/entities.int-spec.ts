import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { databaseServiceNames } from '#contracts';
import type { DataSource } from '#service';
import { loadService } from '../../../tools/dev/system/load-service.js';
import { fromSource } from '../../../tools/dev/system/main-of.js';
import { projectRoot } from '../../../tools/dev/system/project-root.js';
import { ownDatabase } from '../../support/own-servers.js';

const run = promisify(execFile);

/** Constraints and indexes stand in the migrations alone; entities say which columns there are. */
const isConstraintOrIndex = (statement: string) => /^DROP INDEX|DROP CONSTRAINT/.test(statement);

describe.each(databaseServiceNames)('the entities of %s', (name) => {
  let database: Awaited<ReturnType<typeof ownDatabase>>;
  let source: DataSource;

  beforeAll(async () => {
    database = await ownDatabase(`entities_${name}`);
    const service = await loadService(name);
    source = service.database.dataSource({
      url: database.url,
      name: 'entities',
      poolSize: 2,
      maintenance: true,
    });
    await source.initialize();
    await source.runMigrations({ transaction: 'each' });
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  async function differences(): Promise<string[]> {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query).filter((query) => !isConstraintOrIndex(query));
  }

  it('have the columns that the migrations make', async () => {
    expect(await differences()).toEqual([]);
    await source.query('ALTER TABLE inbox ADD COLUMN unknown text');
    expect(await differences()).toEqual([expect.stringContaining('DROP COLUMN "unknown"')]);
    await source.query('ALTER TABLE inbox DROP COLUMN unknown');
  });

  it('cover every table', async () => {
    const rows = (await source.query(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`,
    )) as { name: string }[];
    const entities = new Set(source.entityMetadatas.map(({ tableName }) => tableName));
    const bare = rows.map((row) => row.name).filter((table) => !entities.has(table));
    expect(bare).toEqual([]);
  });

  it("are found by TypeORM's own command line", async () => {
    const cli = join(projectRoot, 'node_modules', 'typeorm', 'cli.js');
    const file = join('apps', name, 'src', 'data-source.ts');
    const { stdout } = await run(process.execPath, [...fromSource, cli, 'migration:show', '-d', file], {
      cwd: projectRoot,
      env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: database.url },
    });
    const shown = stdout.split('\n').filter((line) => /\[[X ]\]/.test(line));
    expect(shown).toHaveLength(source.migrations.length);
    expect(shown.join('\n')).not.toContain('[ ]');
  });
});
