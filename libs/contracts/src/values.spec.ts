import { describe, expect, it } from '@jest/globals';
import { Email, Instant, LocalizedText, Mobile, Name, Note, Page } from './values.js';

const passes = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe('texts', () => {
  it('are trimmed, and equal where they look equal', () => {
    expect(Name.parse('  示例代表 ')).toBe('示例代表');
    expect(Name.parse('e\u0301')).toBe('\u00e9');
  });

  it.each([
    'a\u0000b',
    'a\u0007',
    '\u001b[31m',
    'a\u007f',
    'a\u0085b',
    '\ud800',
    'x\udfff',
    '',
    '   ',
    'x'.repeat(201),
  ])('refuse %j as a name', (value) => expect(passes(Name, value)).toBe(false));

  it.each(['a\nb', 'a\tb', 'a\r\nb', 'a\u2028b'])('keep names on one line: %j', (value) => {
    expect(passes(Name, value)).toBe(false);
    expect(passes(LocalizedText, { zh: value })).toBe(true);
    expect(passes(Note, value)).toBe(true);
  });

  it('count characters after trimming', () => {
    expect(passes(Name, ` ${'数'.repeat(200)} `)).toBe(true);
    expect(passes(Note, 'x'.repeat(2_001))).toBe(false);
  });
});

describe('contacts', () => {
  it.each([
    ['13800138000', '+8613800138000'],
    ['86 138-0013-8000', '+8613800138000'],
    ['0086 13800138000', '+8613800138000'],
    ['+49 (170) 1234567', '+491701234567'],
  ])('bring the mobile %s into E.164', (given, kept) => expect(Mobile.parse(given)).toBe(kept));

  it.each(['12345', '+0123456789', '1380013800', '+861380013800013800138', 'mobile', '138\u00001380000'])(
    'refuse the mobile %j',
    (given) => expect(passes(Mobile, given)).toBe(false),
  );

  it('bring e-mails into lower case, and refuse what is none', () => {
    expect(Email.parse(' Delegate@Example.COM ')).toBe('delegate@example.com');
    for (const given of [
      'a@b',
      'a b@example.com',
      'a@example.com\u0000',
      'a@example.com\r\nBcc: b@example.com',
      `${'x'.repeat(250)}@example.com`,
    ])
      expect([given, passes(Email, given)]).toEqual([given, false]);
  });
});

describe('numbers and instants', () => {
  it.each(['0', '201', '1e2', '0x10', ' 5', '-1', '1.5', '', 'NaN', '9'.repeat(20)])(
    'refuse the limit %j',
    (limit) => expect(passes(Page, { limit })).toBe(false),
  );

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-01-01',
    '2026-01-01T00:00:00',
    '2026-01-01T24:30:00Z',
    '0001-01-01T00:00:00Z',
  ])('refuse the instant %j', (instant) => expect(passes(Instant, instant)).toBe(false));
});
