import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmTest } from '../../dev/system/npm-test.js';
import { buildRevision } from './build-revision.js';
import { earlierRevision } from './revision.js';

/** `npm run test:upgrade [-- REVISION]`. @returns the exit code */
export async function main([named]: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'waystop-upgrade-'));
  try {
    const from = await earlierRevision(named);
    if (from === undefined) {
      console.log(
        'SKIPPED: no release (a tag v*) comes before this commit, so there is nothing to upgrade from.',
      );
      return 0;
    }
    const { commit, why } = from;
    console.log(`Building ${commit.slice(0, 12)} (${why}) ...`);
    await buildRevision(commit, folder);
    process.env['UPGRADE_FROM'] = folder;
    return await npmTest(['--runInBand', '--testMatch', '**/test/upgrade/*.soak.ts']);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
