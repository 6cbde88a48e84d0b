import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { CsvWriter, XlsxWriter, columnName, exportFileName, guardCell, type Cell } from '#spreadsheets';
import { type ExportedDelegate, registrationHeaders, registrationRow } from './registration-rows.js';

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

describe('registrationRow', () => {
  const exported: ExportedDelegate = {
    registrationId: 'r',
    status: 'confirmed',
    companyId: 'c',
    companyName: { zh: '示例企业 017' },
    delegateId: 'd',
    name: '=HYPERLINK("x")',
    email: 'a@example.com',
    mobile: '+8613800138000',
    jobTitle: null,
    language: 'zh',
    badge: 'BADGE',
    note: '素食',
    reason: null,
    consentTextVersion: '2026-11',
    consentAt: '2026-11-01T16:30:00+00:00',
    createdAt: '2026-11-01T16:30:00+00:00',
    checkedInAt: '2026-12-01T01:00:59.5+00:00',
  };
  const valueOf = (row: readonly Cell[], header: (typeof registrationHeaders)[number]) =>
    row[registrationHeaders.indexOf(header)];

  it('has a cell for each header, and times of the clock of the stop', () => {
    const row = registrationRow(exported, 3, 'Asia/Shanghai');
    expect(row).toHaveLength(registrationHeaders.length);
    expect(Object.fromEntries(registrationHeaders.map((header) => [header, valueOf(row, header)]))).toEqual({
      'Registration ID': 'r',
      Status: 'confirmed',
      'Waiting list position': 3,
      'Company ID': 'c',
      'Company (zh)': '示例企业 017',
      'Company (en)': null,
      'Delegate ID': 'd',
      Name: '=HYPERLINK("x")',
      'E-mail': 'a@example.com',
      Mobile: '+8613800138000',
      'Job title': null,
      Badge: 'BADGE',
      'Checked in at': { shown: '2026-12-01 09:00:59' },
      'Registered at': { shown: '2026-11-02 00:30:00' },
      Note: '素食',
      Language: 'zh',
      Reason: null,
      'Privacy text': '2026-11',
      'Privacy text confirmed at': { shown: '2026-11-02 00:30:00' },
      'Time zone': 'Asia/Shanghai',
    });
  });

  it('shows no badge of who is not confirmed', () => {
    expect(valueOf(registrationRow({ ...exported, status: 'waitlisted' }, 1, 'UTC'), 'Badge')).toBeNull();
  });
});

describe('the files', () => {
  const rows: Cell[][] = [
    ['=1+1', '+8613800138000', "'quoted", 3, { shown: '2026-12-01 09:00:59' }, null],
    ['a<b & "c"\u0001\ud800', '_x0041_', ' two\nlines ', 0, { shown: '2028-02-29 23:59:59' }, ''],
  ];
  const headers = ['A', 'B', 'C', 'D', 'E', 'F'];

  it('as CSV guard what could run, and keep the rest', async () => {
    const writer = new CsvWriter(headers);
    for (const row of rows) await writer.write([row]);
    expect((await writer.end()).toString()).toBe(
      '\ufeffA,B,C,D,E,F\r\n' +
        `'=1+1,'+8613800138000,'quoted,3,2026-12-01 09:00:59,\r\n` +
        `"a<b & ""c""\u0001\ufffd",_x0041_," two\nlines ",0,2028-02-29 23:59:59,\r\n`,
    );
  });

  it('as XLSX type each cell: texts are texts, times are dates, nothing needs a guard', async () => {
    const writer = new XlsxWriter(headers, 'Registrations');
    for (const row of rows) await writer.write([row]);
    const files = unzipSync(await writer.end());
    const textOf = (name: string) => Buffer.from(files[name] ?? []).toString('utf8');
    expect(Object.keys(files)).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/workbook.xml',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/worksheets/sheet1.xml',
    ]);
    const sheet = textOf('xl/worksheets/sheet1.xml');
    const text = (value: string) => `t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`;
    expect(sheet).toContain(`<c r="A1" s="1" ${text('A')}`);
    expect(sheet).toContain(`<c r="A2" ${text('=1+1')}<c r="B2" ${text('+8613800138000')}`);
    expect(sheet).toContain(`<c r="C2" ${text("'quoted")}<c r="D2"><v>3</v></c>`);
    // 2026-12-01 is day 46357 of spreadsheets.
    expect(sheet).toContain(`<c r="E2" s="2"><v>${46357 + (9 * 3600 + 59) / 86400}</v></c></row>`);
    expect(sheet).toContain(`<c r="A3" ${text('a&lt;b &amp; &quot;c&quot;\ufffd')}`);
    expect(sheet).toContain(`<c r="B3" ${text('_x005F_x0041_')}<c r="C3" ${text(' two\nlines ')}`);
    expect(textOf('xl/styles.xml')).toContain('formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"');
  });

  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ])('name column %i %s', (index, name) => {
    expect(columnName(index)).toBe(name);
  });

  it.each([
    [{ zh: '成都站' }, '2027-01-15T18:00:00Z', 'Asia/Shanghai', 'registrations-成都站-2027-01-16.csv'],
    [
      { en: 'New York / East' },
      '2027-01-16T03:00:00Z',
      'America/New_York',
      'registrations-New-York-East-2027-01-15.csv',
    ],
    [
      { zh: '../..\\a:*?"<>|b', en: 'x' },
      '2027-01-16T03:00:00Z',
      'UTC',
      'registrations-..-..-a-b-2027-01-16.csv',
    ],
    [
      { zh: '站'.repeat(200) },
      '2027-01-16T03:00:00Z',
      'UTC',
      `registrations-${'站'.repeat(60)}-2027-01-16.csv`,
    ],
  ])(
    'are called by the stop %j and the day on which it begins there',
    (name, startsAt, timeZone, fileName) => {
      expect(exportFileName('registrations', { name, startsAt: new Date(startsAt), timeZone }, 'csv')).toBe(
        fileName,
      );
    },
  );
});
