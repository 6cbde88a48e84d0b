import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const module = fileURLToPath(new URL('./lower-priority.ts', import.meta.url));

/** The niceness of a process that asks for one, in a process of its own: none can take its own back. */
async function nicenessAfter(asked: number, started: number): Promise<number> {
  const script = `
    const { lowerPriority } = await import(${JSON.stringify(module)});
    const { getPriority, setPriority } = await import('node:os');
    setPriority(${started});
    lowerPriority(${asked});
    console.log(getPriority());`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  return Number(stdout);
}

describe('lowerPriority', () => {
  it('lets others go first', async () => {
    expect(await nicenessAfter(18, 17)).toBe(18);
  });

  it('never raises a priority, which would need a privileged user', async () => {
    expect(await nicenessAfter(5, 17)).toBe(17);
  });
});
