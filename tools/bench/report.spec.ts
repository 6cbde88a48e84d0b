import { describe, expect, it } from '@jest/globals';
import { median, Report } from './report.js';

describe('Report', () => {
  it('marks what was missed and counts it', () => {
    const report = new Report(() => undefined);
    report.add({ what: 'one', figure: '5 ms', must: { text: '≤ 4 ms', met: false } });
    report.add({ what: 'two', figure: '3 ms', must: { text: '≤ 4 ms', met: true } });
    expect(report.missed).toBe(1);
    expect(report.table().split('\n').slice(2)).toEqual([
      '| one  | 5 ms     |       | ≤ 4 ms | **miss** |',
      '| two  | 3 ms     |       | ≤ 4 ms | pass     |',
    ]);
  });
});

describe('median', () => {
  it('takes the middle, whatever the order', () => {
    expect([median([3, 1, 2]), median([])]).toEqual([2, NaN]);
  });
});
