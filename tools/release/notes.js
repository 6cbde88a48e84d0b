// `node tools/release/notes.js 1.2.3` prints what CHANGELOG.md says of that version.
import { readFileSync } from 'node:fs';
import { notesOf } from './version/changelog.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
if (process.argv[2] !== version) throw new Error(`The tag says ${process.argv[2]}, package.json ${version}.`);
console.log(notesOf(readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8'), version));
