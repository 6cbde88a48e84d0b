import { describe, expect, it } from '@jest/globals';
import { matches } from './filter.js';

const session = { room: 'r1', track: 'Data', language: 'zh', text: '数据要素 Ｄata spaces 示例甲' };
const all = { room: '', track: '', language: '', q: '' };

describe('the filter of a timetable', () => {
  it.each([
    [{}, true],
    [{ room: 'r1', track: 'Data' }, true],
    [{ room: 'r2' }, false],
    [{ track: 'data' }, false],
    [{ language: 'en' }, false],
    [{ q: ' DATA ' }, true],
    [{ q: '示例甲' }, true],
    [{ q: 'nobody' }, false],
  ])('with %j is %s', (some, found) => expect(matches(session, { ...all, ...some })).toBe(found));
});
