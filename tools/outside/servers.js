import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { findTool, toolsFolder } from './find.js';

/** Lets every command and test start the servers that `NATS_SERVER` and `POSTGRES_HOME` name, in place of the usual ones. */
export function chooseServers(env) {
  chooseBroker(env);
  choosePostgres(env);
}

/**
 * `POSTGRES_HOME` is the folder that holds bin, lib and share, or a version that `npm run tools` installed, such as `15`.
 */
function choosePostgres(env) {
  const chosen = env.POSTGRES_HOME;
  if (chosen === undefined || chosen === '') return;
  const binary = isAbsolute(chosen) ? join(chosen, 'bin', 'postgres') : findTool(`postgresql-${chosen}`);
  if (binary === undefined || !existsSync(binary)) throw notThere('POSTGRES_HOME', chosen, 'postgresql');
  env.POSTGRES_HOME = dirname(dirname(binary));
}

/**
 * Puts the nats-server that `NATS_SERVER` names first on PATH, so that every command and test starts that one: a path,
 * or the line of one that `npm run tools` installed, such as `2.12`. Throws where there is none.
 */
function chooseBroker(env) {
  const chosen = env.NATS_SERVER;
  if (chosen === undefined || chosen === '') return;
  const file = isAbsolute(chosen) ? chosen : findTool(`nats-server-${chosen}`);
  if (file === undefined || !existsSync(file)) throw notThere('NATS_SERVER', chosen, 'nats-server');
  const folder = join(toolsFolder, 'brokers', createHash('sha256').update(file).digest('hex').slice(0, 12));
  const link = join(folder, 'nats-server');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(link)) {
    rmSync(link, { force: true });
    symlinkSync(file, link);
  }
  env.PATH = `${folder}${delimiter}${env.PATH ?? ''}`;
}

function notThere(variable, chosen, tool) {
  const hint = isAbsolute(chosen)
    ? ''
    : ` Install it with \`npm run tools -- ${tool}-${chosen}\`, or name a path.`;
  return new Error(`${variable}=${chosen} is not there.${hint}`);
}
