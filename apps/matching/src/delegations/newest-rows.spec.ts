import { describe, expect, it } from '@jest/globals';
import type { DelegationRow } from './delegation-row.js';
import { newestRows } from './newest-rows.js';

const row = (registrationId: string, version: number, live: boolean): DelegationRow => ({
  registrationId,
  stopId: 'stop',
  companyId: 'company',
  live,
  everLive: live,
  version,
});

describe('the newest rows', () => {
  it('are one a delegation, whatever the order in which its states came', () => {
    const states = [row('a', 1, true), row('b', 1, true), row('a', 3, false), row('a', 2, true)];
    const expected = [{ ...row('a', 3, false), everLive: true }, row('b', 1, true)];
    expect(newestRows(states)).toEqual(expected);
    expect(newestRows(states.toReversed())).toEqual(expect.arrayContaining(expected));
  });

  it('do not make a delegation live that never was', () => {
    expect(newestRows([row('a', 1, false), row('a', 2, false)])).toEqual([row('a', 2, false)]);
  });
});
