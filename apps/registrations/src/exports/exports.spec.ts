import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aDelegation } from '../seats/testing/seats.builders.js';
import { guardCell } from './formula-guard.js';
import { type ExportedDelegation, registrationHeaders, registrationRows } from './registration-rows.js';

describe('guardCell', () => {
  it.each([
    '=1+1',
    '+8613800000000',
    '-2',
    '@SUM(A1)',
    '\t=1',
    '\rtext',
    '\ntext',
    '\ttext',
    '  =1',
    '\u3000=1',
    '\u00a0=1',
    '\ufeff=1',
    '\u200b=1',
    '\u0000=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    '﹦1',
    '−1',
    ' \n＝1',
  ])('guards %j', (text) => {
    expect(guardCell(text)).toBe(`'${text}`);
  });

  it.each([
    '',
    'Li Wei',
    '示例企业 017',
    'li+wei@example.com',
    '1-2',
    "'=1",
    ' Li',
    '示例＝企业',
    '13800000000',
  ])('leaves %j alone', (text) => {
    expect(guardCell(text)).toBe(text);
  });

  it('leaves no cell that begins with a sign once spaces are dropped, and never changes the text itself', () => {
    const signs = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', '＝', ' ', '\t', '\r', '\n', '\u3000', 'a', '1'),
      maxLength: 6,
    });
    const check = fc.property(signs, (text) => {
      const guarded = guardCell(text);
      expect(guarded.trimStart()).not.toMatch(/^[=+\-@＝]/);
      expect([text, `'${text}`]).toContain(guarded);
    });
    fc.assert(check, { numRuns: 500 });
  });
});

describe('registrationRows', () => {
  const exported: ExportedDelegation = {
    ...aDelegation('a', 2, { note: '=HYPERLINK("x")' }),
    waitlistPosition: null,
    companyName: { zh: '示例企业 017' },
    checkedInAt: new Map([['a-2', new Date('2026-12-01T09:00:00Z')]]),
  };

  it('has a row for each delegate and a cell for each header', () => {
    const rows = registrationRows([exported, { ...exported, ...aDelegation('b', 1) }]);
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).toHaveLength(registrationHeaders.length);
    const second = Object.fromEntries(registrationHeaders.map((header, index) => [header, rows[1]?.[index]]));
    expect(second).toMatchObject({
      'Registration ID': 'r-a',
      'Waiting list position': '',
      'Company (zh)': '示例企业 017',
      'Company (en)': '',
      'E-mail': 'a-2@example.com',
      Mobile: '',
      Badge: 'badge-a-2',
      'Checked in at': '2026-12-01T09:00:00.000Z',
      Note: '\'=HYPERLINK("x")',
    });
  });

  it('shows no badge of who is not confirmed, and the place of who waits as a number', () => {
    const [row = []] = registrationRows([{ ...exported, status: 'waitlisted', waitlistPosition: 3 }]);
    expect([row[registrationHeaders.indexOf('Badge')], row[2]]).toEqual(['', 3]);
  });
});
