// `npm run test:faults`, and `npm run test:faults -- kills` for a part of it.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './prepare.js';

prepare();
process.setSourceMapsEnabled(true);
const { npmTest } = await import('../../dist/tools/dev/system/npm-test.js');
const { tableOf } = await import('../../dist/test/chaos/table.js');
const table = join(mkdtempSync(join(tmpdir(), 'waystop-faults-')), 'rows');
process.env.FAULTS_TABLE = table;
// One after the other: each brings up a whole system, and what is measured should be its own.
const args = ['--runInBand', '--testMatch', '**/test/chaos/**/*-spec.ts', '**/test/chaos/**/*.soak.ts'];
const patterns = process.argv.slice(2).flatMap((word) => ['--testPathPatterns', `test/chaos/.*${word}`]);
const code = await npmTest([...args, ...patterns]);
console.log(`\n${tableOf(table)}`);
process.exit(code);
