import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmTest } from '../../tools/dev/system/npm-test.js';
import { tableOf } from './table.js';

/** `npm run test:faults`, and `npm run test:faults -- kills` for a part of it. @returns the exit code */
export async function npmChaos(words: readonly string[]): Promise<number> {
  const table = join(mkdtempSync(join(tmpdir(), 'waystop-faults-')), 'rows');
  process.env['FAULTS_TABLE'] = table;
  const patterns = words.flatMap((word) => ['--testPathPatterns', `test/chaos/.*${word}`]);
  // One after the other: each brings up a whole system, and what is measured should be its own.
  const files = ['--testMatch', '**/test/chaos/**/*-spec.ts', '**/test/chaos/**/*.soak.ts'];
  const code = await npmTest(['--runInBand', ...files, ...patterns]);
  console.log(`\n${tableOf(table)}`);
  return code;
}
