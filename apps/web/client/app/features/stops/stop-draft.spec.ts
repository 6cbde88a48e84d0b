import { describe, expect, it } from '@jest/globals';
import type { Stop } from '#contracts/stops';
import { patchBetween } from '../../form/patch.js';
import { copyOf, draftOf, emptyStop, stopBody } from './stop-draft.js';

const typed = {
  ...emptyStop,
  nameZh: ' 杭州站 ',
  city: '330100',
  venueZh: '会议中心',
  startsAt: '2027-01-16T09:00',
  endsAt: '2027-01-16T18:00',
  opensAt: '2026-12-01T00:00',
  closesAt: '2027-01-10T00:00',
  isManual: true,
};

const stop = {
  id: '1',
  name: { zh: '杭州站', en: 'Hangzhou' },
  city: { code: '330100', name: { zh: '杭州市' } },
  venue: { name: { zh: '会议中心' }, address: null, location: null },
  timeZone: 'Asia/Shanghai',
  startsAt: '2027-01-16T01:00:00Z',
  endsAt: '2027-01-16T10:00:00Z',
  capacity: 200,
  maxDelegatesPerCompany: 10,
  registration: {
    opensAt: '2026-11-30T16:00:00Z',
    closesAt: '2027-01-09T16:00:00Z',
    changesUntil: '2027-01-16T01:00:00Z',
    approval: 'manual',
    waitlist: true,
    waitlistPolicy: 'strict',
    verifiedOnly: false,
  },
  description: null,
  travel: null,
  contact: null,
  rooms: [{ id: 'r1', name: { zh: '主会场' }, seats: 200 }],
  partners: [],
} as unknown as Stop;

describe('a stop as it is typed', () => {
  it('becomes the body of a request, with instants of its zone', () => {
    expect(JSON.parse(JSON.stringify(stopBody(typed)))).toEqual({
      name: { zh: '杭州站' },
      city: { code: '330100' },
      venue: { name: { zh: '会议中心' } },
      timeZone: 'Asia/Shanghai',
      startsAt: '2027-01-16T01:00:00Z',
      endsAt: '2027-01-16T10:00:00Z',
      capacity: 200,
      maxDelegatesPerCompany: 10,
      registration: {
        opensAt: '2026-11-30T16:00:00Z',
        closesAt: '2027-01-09T16:00:00Z',
        approval: 'manual',
        waitlist: true,
        waitlistPolicy: 'strict',
        verifiedOnly: false,
      },
      rooms: [{ name: { zh: '主会场' }, seats: 200 }],
      partners: [],
    });
  });

  it('comes back from a stop that is there, so that only what was changed is sent', () => {
    const before = draftOf(stop);
    expect(patchBetween(stopBody(before), stopBody(before))).toEqual({});
    const after = { ...before, nameEn: '', capacity: '１２０', contactEmail: 'li@example.org' };
    expect(patchBetween(stopBody(before), stopBody(after))).toEqual({
      name: { en: null },
      capacity: 120,
      contact: { name: undefined, email: 'li@example.org', phone: undefined },
    });
  });

  it('copies what another stop has, but for its place and dates', () => {
    const copy = copyOf(stop);
    expect(copy).toMatchObject({ nameZh: '', city: '', startsAt: '', isManual: true, capacity: '200' });
    expect(copy.rooms).toEqual([{ zh: '主会场', en: '', seats: '200' }]);
  });
});
