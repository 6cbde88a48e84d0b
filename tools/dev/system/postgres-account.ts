import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { StartFailure } from './start-failure.js';

/** The user that PostgreSQL runs as where this process is root, since PostgreSQL refuses to run as root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const ACCOUNT_NAME = 'postgres';

/**
 * Null unless this process is root: then nobody has to be changed into.
 * @param data the data folder, whose owner goes on owning it when it is there already
 */
export function serverAccount(data: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(data, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return accountNamed(ACCOUNT_NAME) ?? createAccount() ?? accountNamed('nobody') ?? noAccount();
}

function accountNamed(name: string): Account | null {
  const [uid, gid] = ['-u', '-g'].map((option) =>
    Number(spawnSync('id', [option, name]).stdout?.toString().trim() || NaN),
  );
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid: uid ?? NaN, gid: gid ?? NaN } : null;
}

function createAccount(): Account | null {
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  spawnSync('useradd', [...options, ACCOUNT_NAME]);
  return accountNamed(ACCOUNT_NAME);
}

function noAccount(): never {
  throw new StartFailure(
    'PostgreSQL does not run as root, and no other user was found to run it as.',
    'Create one with `useradd --system postgres`, start Waystop as another user than root, or set DATABASE_URL.',
  );
}

/** Whether the account can enter the folder, asked of the system itself, which also knows of access lists. */
export function canEnter(account: Account | null, folder: string): boolean {
  return shellSays(account, 'cd "$1"', folder);
}

/** Whether the account can run the binaries below this folder and read what they need. */
export function canRun(account: Account | null, home: string): boolean {
  return shellSays(
    account,
    '"$1/bin/postgres" --version && test -r "$1/share/postgresql/postgres.bki"',
    home,
  );
}

function shellSays(account: Account | null, script: string, path: string): boolean {
  const result = spawnSync('/bin/sh', ['-c', script, 'sh', path], {
    cwd: '/',
    stdio: 'ignore',
    ...account,
  });
  return result.status === 0;
}
