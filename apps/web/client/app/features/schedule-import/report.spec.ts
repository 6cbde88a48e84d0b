import { describe, expect, it } from '@jest/globals';
import type { ImportedEntryResult } from '#contracts/exchange';
import { comparePath, formatOf, importPath, usualOptions } from './import-request.js';
import { countsOf, isElsewhere, kindOf } from './report.js';

const entry = (over: Partial<ImportedEntryResult> = {}): ImportedEntryResult => ({
  result: 'created',
  guid: null,
  id: '1',
  title: 'Opening',
  room: 'Hall',
  startsAt: '2027-01-16T01:00:00Z',
  sessionId: null,
  code: null,
  detail: null,
  conflicts: [],
  ...over,
});
const changes = [{ field: 'title', from: 'A', to: 'B' }];
const taken = 'session.room_conflict' as const;

describe('what becomes of an entry', () => {
  it.each<[string, Partial<ImportedEntryResult>]>([
    ['created', { result: 'created' }],
    ['created', { result: 'missing' }],
    ['unplaced', { result: 'missing', code: taken }],
    ['unplaced', { result: 'kept', code: taken }],
    ['unplaced', { result: 'unchanged', changes, code: taken }],
    ['changed', { result: 'updated', changes }],
    ['changed', { result: 'unchanged', changes }],
    ['same', { result: 'unchanged' }],
    ['refused', { result: 'refused', code: 'request.invalid' }],
    ['refused', { result: 'unchanged', changes, code: 'session.closed' }],
    ['heldBack', { result: 'held_back' }],
  ])('%s', (kind, over) => expect(kindOf(entry(over))).toBe(kind));

  it('is counted by kind', () => {
    const results = [entry(), entry({ result: 'missing' }), entry({ result: 'unchanged' })];
    expect(countsOf(results)).toEqual({
      created: 2,
      changed: 0,
      unplaced: 0,
      refused: 0,
      heldBack: 0,
      same: 1,
    });
  });
});

describe('a file of other dates', () => {
  const stop = { startsAt: '2027-01-16T01:00:00Z', endsAt: '2027-01-16T10:00:00Z' };
  it.each<[string, (string | null)[], boolean]>([
    ['nothing within the stop', ['2019-08-21T09:00:00Z', null], true],
    ['at its end', ['2027-01-16T10:00:00Z'], true],
    ['one within', ['2019-08-21T09:00:00Z', '2027-01-16T01:00:00Z'], false],
    ['no times at all', [null], false],
  ])('%s', (_, starts, expected) =>
    expect(
      isElsewhere(
        starts.map((startsAt) => entry({ startsAt })),
        stop,
      ),
    ).toBe(expected),
  );
});

describe('a chosen file', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  it.each<[string, Uint8Array, ReturnType<typeof formatOf>]>([
    ['schedule.json', bytes('{"schedule":{}}'), 'json'],
    ['schedule.xml', bytes('\uFEFF\n<?xml version="1.0"?>'), 'xml'],
    ['download', bytes(' <schedule/>'), 'xml'],
    ['wrong-name.json', bytes('<schedule/>'), 'xml'],
    ['wide.xml', Uint8Array.of(0xff, 0xfe, 0x3c, 0), 'xml'],
    ['table.csv', bytes('title,room'), null],
    ['table.xlsx', bytes('PK'), null],
    ['empty.json', bytes(''), null],
  ])('%s', (name, content, format) => expect(formatOf(name, content)).toBe(format));

  it('is compared and imported as the options say', () => {
    expect(comparePath('s', usualOptions)).toBe('/stops/s/sessions/import?existing=compare');
    expect(comparePath('s', { ...usualOptions, isAligned: true })).toContain('&align=start');
    expect(importPath('s', usualOptions)).toBe('/stops/s/sessions/import?existing=update&refused=keep');
    expect(importPath('s', { isAligned: true, existing: 'skip', unplaced: 'atomic' })).toBe(
      '/stops/s/sessions/import?existing=skip&align=start&atomic=true',
    );
  });
});
