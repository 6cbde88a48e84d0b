import { describe, expect, it } from '@jest/globals';
import { changesOf, nameWithin, thingOf, verbOf } from './audit-line.js';

describe('an audit line', () => {
  it('tells what differs, and leaves ids and versions out', () => {
    const before = { status: 'pending', seats: 2, version: 1, stopId: 'a' };
    const after = { status: 'confirmed', seats: 2, version: 2, stopId: 'a', roomId: 'r' };
    expect(changesOf({ before, after })).toEqual([
      { field: 'status', before: 'pending', after: 'confirmed' },
      { field: 'roomId', before: undefined, after: 'r' },
    ]);
  });

  it('tells all of what is new and of what is gone', () => {
    expect(changesOf({ before: null, after: { name: { zh: '站' } } })).toHaveLength(1);
    expect(changesOf({ before: { label: '官网' }, after: null })).toHaveLength(1);
    expect(changesOf({ before: null, after: null })).toEqual([]);
  });

  it('has a verb and, where it can, a name', () => {
    expect(verbOf('stop.release_timetable')).toBe('release_timetable');
    expect(thingOf('membership_batch.announce')).toBe('membership_batch');
    expect(nameWithin({ before: { title: { zh: '旧' } }, after: { title: { zh: '新' } } })).toEqual({
      zh: '新',
    });
    expect(nameWithin({ before: { label: '官网' }, after: null })).toBe('官网');
    expect(nameWithin({ before: null, after: { seats: 1 } })).toBeNull();
  });
});
