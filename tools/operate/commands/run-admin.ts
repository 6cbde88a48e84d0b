import { spawn } from 'node:child_process';
import { databaseServiceNames, type DatabaseServiceName } from '#contracts';
import { databaseUrlOf } from '../../dev/system/databases.js';
import { mainOf } from '../../dev/system/main-of.js';
import { inheritedEnv } from '../../dev/system/inherited-env.js';
import { CannotRun } from './command-error.js';
import { serverUrl } from './running-servers.js';

/** Takes `--service NAME` out of the arguments. Without it the command is for all services. */
export function splitService(args: readonly string[]): {
  chosen: readonly DatabaseServiceName[];
  rest: string[];
} {
  const rest = [...args];
  const place = rest.findIndex((arg) => arg === '--service' || arg.startsWith('--service='));
  if (place === -1) return { chosen: databaseServiceNames, rest };
  const [flag = ''] = rest.splice(place, 1);
  const name = flag.includes('=') ? flag.slice(flag.indexOf('=') + 1) : rest.splice(place, 1)[0];
  const chosen = databaseServiceNames.filter((service) => service === name);
  if (chosen.length === 0)
    throw new CannotRun(`--service must be one of ${databaseServiceNames.join(', ')}.`);
  return { chosen, rest };
}

/** `npm run replay -- [--service stops] [--aggregate ID] [--from TIME]`. @returns the exit code */
export const npmReplay = (args: readonly string[]): Promise<number> => runAdmin('replay', args);

/** `npm run dead-letters -- list|replay|drop [--service stops] [--id ID|--all]`. @returns the exit code */
export const npmDeadLetters = (args: readonly string[]): Promise<number> => runAdmin('dead-letters', args);

/** Runs a command of the services' `main.js` for each of them, one after the other. @returns the exit code */
async function runAdmin(command: string, args: readonly string[]): Promise<number> {
  try {
    const { chosen, rest } = splitService(args);
    const server = serverUrl(process.env);
    let worst = 0;
    for (const service of chosen) {
      if (chosen.length > 1) process.stderr.write(`${service}: `);
      worst = Math.max(worst, await runFor(service, databaseUrlOf(server, service), [command, ...rest]));
    }
    return worst;
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function runFor(service: DatabaseServiceName, databaseUrl: string, args: string[]): Promise<number> {
  const env = { ...inheritedEnv(process.env), DATABASE_URL: databaseUrl };
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--enable-source-maps', mainOf(service), ...args], {
      env,
      stdio: 'inherit',
    });
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}
