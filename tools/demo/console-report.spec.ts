import { describe, expect, it } from '@jest/globals';
import { ConsoleReport, both, plural, widthOf } from './console-report.js';

describe('what the demo prints', () => {
  it('counts a Chinese character as two columns, so that tables stand straight', () => {
    expect(widthOf('四川长虹 / Sichuan Changhong')).toBe(28);
    const lines: string[] = [];
    new ConsoleReport((line) => lines.push(line)).table(
      ['name', 'seats'],
      [
        ['中国电信', '4'],
        ['x', '10'],
      ],
    );
    expect(lines).toEqual(['   name      seats', '   ────────  ─────', '   中国电信  4', '   x         10']);
  });

  it('shows both languages, or the one there is', () => {
    expect(both({ zh: '成都站', en: 'Chengdu' })).toBe('成都站 / Chengdu');
    expect(both({ en: 'Chengdu' })).toBe('Chengdu');
  });

  it('numbers its chapters and gathers the refusals', () => {
    const lines: string[] = [];
    const report = new ConsoleReport((line) => lines.push(line));
    report.heading('Companies sign up', '企业注册');
    report.refused({
      who: 'X',
      tried: 'registers',
      refused: { status: 409, code: 'registration.duplicate', detail: '' },
    });
    expect(lines).toEqual([
      '\n1. Companies sign up / 企业注册',
      '   ✗ X: registers → 409 registration.duplicate',
    ]);
    expect(report.refusals).toHaveLength(1);
  });

  it('counts in words', () => {
    expect([plural(1, 'seat'), plural(2, 'seat'), plural(2, 'company', 'companies')]).toEqual([
      '1 seat',
      '2 seats',
      '2 companies',
    ]);
  });
});
