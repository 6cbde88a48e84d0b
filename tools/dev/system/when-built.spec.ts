import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { followFile } from './follow-file.js';
import { whenBuilt } from './when-built.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waystop-dev-'));
  mkdirSync(join(folder, 'chunks'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('calls back once for all that a build writes, wherever in the folder', async () => {
  let builds = 0;
  whenBuilt(folder, () => (builds += 1));
  writeFileSync(join(folder, 'main.js.map'), 'no program');
  await sleep(600);
  expect(builds).toBe(0);
  for (const file of ['main.js', 'chunks/1.js', 'chunks/2.js']) {
    writeFileSync(join(folder, file), 'a program');
    await sleep(20);
  }
  await sleep(1_000);
  expect(builds).toBe(1);
  writeFileSync(join(folder, 'chunks', '2.js'), 'another program');
  await sleep(1_000);
  expect(builds).toBe(2);
});

it('follows a file from where it ends, also when it starts over', async () => {
  const file = join(folder, 'log');
  writeFileSync(file, 'before\n');
  let text = '';
  followFile(file, (more) => (text += more));
  appendFileSync(file, 'one\n');
  await sleep(500);
  writeFileSync(file, '');
  await sleep(500);
  appendFileSync(file, 'two\n');
  await sleep(500);
  expect(text).toBe('one\ntwo\n');
});
