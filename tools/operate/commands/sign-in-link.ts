import { spawn } from 'node:child_process';
import { databaseUrlOf } from '../../dev/system/databases.js';
import { inheritedEnv } from '../../dev/system/inherited-env.js';
import { mainOf } from '../../dev/system/main-of.js';
import { CannotRun } from './command-error.js';
import { serverUrl } from './running-servers.js';

/** `npm run sign-in-link -- organizer`: prints a link that signs a browser in, once. @returns the exit code */
export async function npmSignInLink(args: readonly string[]): Promise<number> {
  try {
    return await run(databaseUrlOf(serverUrl(process.env), 'accounts'), args);
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function run(databaseUrl: string, args: readonly string[]): Promise<number> {
  const { PORT: port } = process.env;
  const env = {
    ...inheritedEnv(process.env),
    ...(port === undefined ? {} : { PORT: port }),
    DATABASE_URL: databaseUrl,
  };
  return new Promise((done, fail) => {
    const program = ['--enable-source-maps', mainOf('accounts'), 'sign-in-link', ...args];
    const child = spawn(process.execPath, program, { env, stdio: 'inherit' });
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}
