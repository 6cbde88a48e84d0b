// `npm run contracts`, at a release: describes all messages for the next version, whose tests compare its own with them.
import { writeFileSync } from 'node:fs';
import { prepare } from '../dev/prepare.js';

prepare();
const contracts = await import('../../dist/libs/contracts/src/index.js');
const { describeContracts } = await import('../../dist/tools/release/contracts/describe.js');
const lines = Object.entries(describeContracts(contracts)).map(
  ([subject, described]) => `${JSON.stringify(subject)}: ${JSON.stringify(described)}`,
);
const file = new URL('../../libs/contracts/described.json', import.meta.url);
writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
console.log(`Described ${lines.length} messages.`);
