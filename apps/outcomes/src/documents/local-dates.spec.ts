import { describe, expect, it } from '@jest/globals';
import { localDates } from './local-dates.js';

describe('the dates of a stop', () => {
  it('are those of its own clock, one or from the first to the last', () => {
    const day = {
      startsAt: '2027-01-15T23:00:00Z',
      endsAt: '2027-01-16T10:00:00Z',
      timeZone: 'Asia/Shanghai',
    };
    expect(localDates(day)).toEqual({ zh: '2027年1月16日', en: '16 January 2027' });
    const { zh, en } = localDates({ ...day, endsAt: '2027-01-17T10:00:00Z' });
    expect(zh).toMatch(/2027年1月16日.*17日/);
    expect(en).toMatch(/16.*17 January 2027/);
  });
});
