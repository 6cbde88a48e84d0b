import { describe, expect, it } from '@jest/globals';
import {
  Email,
  Instant,
  LocalizedName,
  LocalizedNameInput,
  LocalizedTextInput,
  Name,
  Note,
  Page,
  PhoneNumber,
  ReportedInstant,
  TimeZone,
  statesOf,
} from './values.js';
import { parseOrRefuse } from '../validation.js';
import { Problem } from '../problems.js';

const passes = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe('texts', () => {
  it('of names are on one line, notes may be empty and have many', () => {
    expect(passes(Name, 'a\nb')).toBe(false);
    expect(passes(LocalizedTextInput, { zh: 'a\nb' })).toBe(true);
    expect(passes(Note, '')).toBe(true);
    expect(passes(Name, '')).toBe(false);
  });

  it('in two languages show something in each that is given', () => {
    expect(passes(LocalizedNameInput, {})).toBe(false);
    expect(passes(LocalizedNameInput, { zh: '\u200b' })).toBe(false);
    expect(passes(LocalizedNameInput, { zh: '成都站', en: '\u200b' })).toBe(false);
  });

  it('that were stored under older rules are still shown', () => {
    expect(LocalizedName.parse({ zh: 'a\u202eb' })).toEqual({ zh: 'a\u202eb' });
  });
});

describe('contacts', () => {
  it('are kept in one form', () => {
    expect(Email.parse(' Delegate@Example.COM ')).toBe('delegate@example.com');
    expect(PhoneNumber.parse('+86(0)13800138000')).toBe('+8613800138000');
    expect(TimeZone.parse('asia/chongqing')).toBe('Asia/Shanghai');
  });
});

describe('a limit', () => {
  const message = (limit: unknown) => {
    try {
      return parseOrRefuse(Page, { limit }, []).limit;
    } catch (error) {
      return error instanceof Problem ? error.detail : error;
    }
  };

  it.each<[unknown, unknown]>([
    ['1', 1],
    ['200', 200],
    ['050', 50],
    [undefined, 50],
    ['0', 'Parameter "limit": must be at least 1'],
    ['201', 'Parameter "limit": must be at most 200'],
    ...['1e2', '0x10', ' 5', '-1', '1.5', '', 'NaN', '9'.repeat(20), ['1', '2']].map(
      (limit): [unknown, unknown] => [limit, 'Parameter "limit": must be a whole number from 1 to 200'],
    ),
  ])('of %j gives %s', (limit, expected) => expect(message(limit)).toBe(expected));
});

describe('instants', () => {
  it.each([
    '1999-12-31T23:59:59Z',
    '2200-01-01T00:00:00Z',
    '2199-12-31T23:59:60Z',
    '9998-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
  ])('are planned for a time that can be meant, not %s', (given) =>
    expect(passes(Instant, given)).toBe(false),
  );

  it('begin in 2000, end in 2199, and come out in UTC', () => {
    expect(Instant.parse('2000-01-01T00:00:00z')).toBe('2000-01-01T00:00:00Z');
    expect(Instant.parse('2199-12-31T23:59:59+00:00')).toBe('2199-12-31T23:59:59Z');
    expect(Instant.parse('2027-01-16t09:00:60+08:00')).toBe('2027-01-16T01:01:00Z');
  });

  it.each(['0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '9999-12-31T00:00:00Z'])(
    'of a strange clock are read: %s',
    (given) => expect(ReportedInstant.parse(given)).toBe(given),
  );

  it('of a strange clock have an end too', () => {
    expect(passes(ReportedInstant, '9999-12-31T23:59:60Z')).toBe(false);
    expect(passes(ReportedInstant, '0000-01-01T00:00:00+08:00')).toBe(false);
  });
});

describe('a filter by state', () => {
  const Status = statesOf(['confirmed', 'pending', 'cancelled']);

  it.each([
    ['confirmed', ['confirmed']],
    ['confirmed,pending', ['confirmed', 'pending']],
    ['pending,pending', ['pending']],
    [
      ['confirmed', 'pending,cancelled'],
      ['confirmed', 'pending', 'cancelled'],
    ],
  ])('of %j finds %j', (given, states) => expect(Status.parse(given)).toEqual(states));

  it.each([
    '',
    'unknown',
    'confirmed,',
    ',confirmed',
    'confirmed, pending',
    'Confirmed',
    [],
    [['confirmed']],
    5,
  ])('is not %j', (given) => expect(passes(Status, given)).toBe(false));

  it('says what it takes', () => {
    expect(Status.safeParse('unknown').error?.issues[0]?.message).toBe(
      'must be one or several of confirmed, pending, cancelled, with commas between them',
    );
  });
});
