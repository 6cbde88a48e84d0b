import { describe, expect, it } from '@jest/globals';
import { FailureLog } from './failure-log.js';
import type { Logger } from './logging.js';

function start() {
  const lines: string[] = [];
  const keep = (level: string) => (fields: { failures: number }, text: string) =>
    lines.push(`${level} ${fields.failures} ${text}`);
  const clock = { nowMs: 0 };
  const log = new FailureLog(
    { warn: keep('warn'), info: keep('info') } as unknown as Logger,
    'the relay',
    () => clock.nowMs,
  );
  return { lines, clock, log };
}

describe('FailureLog', () => {
  it('tells of the first failure and then every 30 s, however many there are', () => {
    const { lines, clock, log } = start();
    for (; clock.nowMs < 60_000; clock.nowMs += 100) log.failed(new Error('away'));
    expect(lines).toEqual([
      'warn 1 the relay failed and will be tried again',
      'warn 301 the relay failed and will be tried again',
    ]);
  });

  it('tells of the end once, and of the next failure at once', () => {
    const { lines, log } = start();
    log.recovered();
    log.failed(new Error('away'));
    log.recovered();
    log.recovered();
    log.failed(new Error('away again'));
    expect(lines).toEqual([
      'warn 1 the relay failed and will be tried again',
      'info 1 the relay works again',
      'warn 1 the relay failed and will be tried again',
    ]);
  });
});
