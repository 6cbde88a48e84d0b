import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { findTool, toolsFolder } from './find.js';

/**
 * Puts the nats-server that `NATS_SERVER` names first on PATH, so that every command and test starts that one: a path,
 * or the line of one that `npm run tools` installed, such as `2.12`. Throws where there is none.
 */
export function chooseBroker(env) {
  const chosen = env.NATS_SERVER;
  if (chosen === undefined || chosen === '') return;
  const file = isAbsolute(chosen) ? chosen : findTool(`nats-server-${chosen}`);
  if (file === undefined || !existsSync(file)) {
    throw new Error(
      `NATS_SERVER=${chosen} is not there. Install it with \`npm run tools -- nats-server-${chosen}\`, or name a path.`,
    );
  }
  const folder = join(toolsFolder, 'brokers', createHash('sha256').update(file).digest('hex').slice(0, 12));
  const link = join(folder, 'nats-server');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(link)) {
    rmSync(link, { force: true });
    symlinkSync(file, link);
  }
  env.PATH = `${folder}${delimiter}${env.PATH ?? ''}`;
}
