// `npm run release -- minor` on a clean main: the version everywhere, the changelog's date, the commit and the tag.
// With `--dry-run` it only says what it would change.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { released } from './version/changelog.js';
import { nextVersion } from './version/next.js';
import { versionPlaces, withVersion } from './version/places.js';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
process.chdir(root);
const isRehearsal = process.argv.includes('--dry-run');
const [wanted] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

try {
  release();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function release() {
  const { version: current } = JSON.parse(readFileSync('package.json', 'utf8'));
  const version = nextVersion(current, wanted);
  if (!isRehearsal) requireCleanMain();
  const changes = versionPlaces.map((place) => [
    place.file,
    withVersion(readFileSync(place.file, 'utf8'), place, version),
  ]);
  const date = new Date().toISOString().slice(0, 10);
  changes.push(['CHANGELOG.md', released(readFileSync('CHANGELOG.md', 'utf8'), version, date)]);
  console.log(`${current} → ${version}: ${changes.map(([file]) => file).join(', ')}`);
  if (isRehearsal) return;

  for (const [file, text] of changes) writeFileSync(file, text);
  run('npm', 'install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund');
  run('npm', 'run', 'complete-lock');
  // The next version is compared with the messages and the API as they are now.
  run('npm', 'run', 'contracts');
  run('npm', 'run', 'openapi');
  run('git', 'commit', '--all', '--message', `chore(release): ${version}`);
  run('git', 'tag', '--annotate', `v${version}`, '--message', `Waystop ${version}`);
  console.log(`Run the tests, then: git push --follow-tags`);
}

function requireCleanMain() {
  if (run('git', 'branch', '--show-current').trim() !== 'main') throw new Error('Releases are made on main.');
  if (run('git', 'status', '--porcelain').trim() !== '')
    throw new Error('There are changes that are not committed.');
}

function run(command, ...args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr ?? error?.message}`);
  return stdout;
}
