import { describe, expect, it } from '@jest/globals';
import { changedFields } from './changed-fields.js';

describe('the difference of two states', () => {
  it('names the members that changed, as they were and as they are', () => {
    const before = { capacity: 20, rooms: [{ id: 'a' }], status: 'draft' };
    const after = { capacity: 30, rooms: [{ id: 'a' }], status: 'draft' };
    expect(changedFields(before, after)).toEqual({ before: { capacity: 20 }, after: { capacity: 30 } });
    expect(changedFields(before, before)).toEqual({ before: {}, after: {} });
  });
});
