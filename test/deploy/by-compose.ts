import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { madeSecrets, readCompose, settingsInCompose } from './compose.js';
import type { Instructions } from './installation.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');

/** What docker-compose.yml tells each container. */
export function byCompose(): Instructions {
  const compose = readCompose();
  return {
    settings: (...words) => {
      const found = Object.values(compose.services).find(
        ({ command }) => command?.join(' ') === words.join(' '),
      );
      if (found === undefined) throw new Error(`Nothing runs ${words.join(' ')}`);
      return settingsInCompose(found);
    },
    broker: {
      'nats-server.conf': read('deploy/nats/nats-server.conf'),
      'users.conf': read('deploy/nats/users.conf'),
      'nats-keys.conf': madeSecrets['nats-keys.conf'] ?? '',
    },
  };
}
