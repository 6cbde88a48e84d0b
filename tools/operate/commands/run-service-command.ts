import { spawn } from 'node:child_process';
import type { DatabaseServiceName } from '#contracts';
import { databaseUrlOf } from '../../dev/system/databases.js';
import { inheritedEnv } from '../../dev/system/inherited-env.js';
import { mainOf } from '../../dev/system/main-of.js';
import { CannotRun } from './command-error.js';
import { serverUrl } from './running-servers.js';

/** Runs a command that one service has for itself, on the system that runs here. @returns the exit code */
export async function runServiceCommand(
  service: DatabaseServiceName,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  try {
    return await runIn(service, words, {
      ...env,
      DATABASE_URL: databaseUrlOf(serverUrl(process.env), service),
    });
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function runIn(
  service: DatabaseServiceName,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--enable-source-maps', mainOf(service), ...words], {
      env: { ...inheritedEnv(process.env), ...env },
      stdio: 'inherit',
    });
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}
