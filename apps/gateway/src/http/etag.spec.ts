import { describe, expect, it } from '@jest/globals';
import { etagOf, matchesEtag, requiredVersion, versionOf } from './etag.js';

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

describe('versionOf', () => {
  it.each<[unknown, number | undefined]>([
    [{ id: 'a', version: 7 }, 7],
    [{ version: 7, id: 'a' }, 7],
    [{ id: '名', nested: { version: 3 }, version: 12 }, 12],
    [{ version: 2, nested: { version: 3 } }, 2],
    [{ nested: { version: 3 } }, undefined],
    [{ text: '"version":9}' }, undefined],
    [{ version: 'x' }, undefined],
  ])('%j', (body, version) => {
    expect(versionOf(bytes(body))).toBe(version);
  });
});

describe('etagOf', () => {
  it('changes with the bytes also where the version stays', () => {
    const [open, closed] = [bytes({ state: 'open', version: 1 }), bytes({ state: 'closed', version: 1 })];
    expect(etagOf(open, 1)).toMatch(/^"1-[\w-]{12}"$/);
    expect(etagOf(open, 1)).not.toBe(etagOf(closed, 1));
    expect(etagOf(open, 1)).toBe(etagOf(bytes({ state: 'open', version: 1 }), 1));
  });
});

describe('versionDemanded', () => {
  it.each<[string, number | undefined]>([
    ['"7-abcDEF_-12"', 7],
    ['W/"7-abc"', 7],
    ['"7"', 7],
    ['7', 7],
    ['"1-a", "12-b", "3-c"', 12],
    ['"other", "2-b"', 2],
    ['*', undefined],
  ])('%s', (header, version) => {
    expect(requiredVersion(header)).toBe(version);
  });

  it.each(['', 'x', '"abc"', '"-1"', '"1 2"', '"99999999999999999999"'])('refuses %s', (header) => {
    expect(() => requiredVersion(header)).toThrow(expect.objectContaining({ code: 'precondition.failed' }));
  });
});

describe('isKnown', () => {
  it.each<[string, boolean]>([
    ['"1-a"', true],
    ['W/"1-a"', true],
    ['"0-x", W/"1-a"', true],
    ['*', true],
    ['"1-b"', false],
    ['1-a', false],
  ])('%s', (header, known) => {
    expect(matchesEtag(header, '"1-a"')).toBe(known);
  });
});
