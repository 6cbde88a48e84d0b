import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '#contracts';
import { projectRoot } from '../../dev/system/project-root.js';
import { describeContracts } from './describe.js';

/**
 * `npm run contracts`, at a release: describes all messages for the next version, whose tests compare its own with them.
 */
export function writeContracts(): void {
  const lines = Object.entries(describeContracts(contracts)).map(
    ([subject, described]) => `${JSON.stringify(subject)}: ${JSON.stringify(described)}`,
  );
  const file = join(projectRoot, 'libs', 'contracts', 'described.json');
  writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
  console.log(`Described ${lines.length} messages.`);
}
