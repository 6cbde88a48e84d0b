// `npm run commits -- RANGE` checks the messages of the commits in that range, by default those that origin/main lacks.
import { spawnSync } from 'node:child_process';
import { faultsOf } from './commits/message.js';

const git = (...args) => spawnSync('git', args, { encoding: 'utf8' });
const range = process.argv[2] ?? 'origin/main..HEAD';
const log = git('log', '--no-merges', '--format=%h%x00%B%x01', range);
if (log.status !== 0 && process.argv[2] !== undefined) {
  console.error(log.stderr.trim());
  process.exit(1);
}
// Without a repository, or without that branch of it, there is nothing to compare with.
const commits = (log.status === 0 ? log.stdout : '').split('\x01').filter((commit) => commit.trim() !== '');
for (const commit of commits) {
  const [id, message] = commit.trim().split('\0');
  for (const fault of faultsOf(message.trim())) {
    console.error(`${id} "${message.split('\n')[0]}": ${fault}`);
    process.exitCode = 1;
  }
}
