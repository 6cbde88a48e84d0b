import { describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { stopEntry, stopsCalendar, type CalendarStop } from './stop-calendar.js';

const stop: CalendarStop = {
  id: '0199a1b2-0000-7000-8000-000000000001',
  name: { zh: '成都站' },
  city: { code: '510100', name: { zh: '成都市' } },
  venue: { name: { zh: '会展中心', en: 'Exhibition Centre' }, address: { zh: '一路 1 号' }, location: null },
  timeZone: 'Asia/Shanghai',
  startsAt: '2026-12-12T01:00:00Z',
  endsAt: '2026-12-12T09:00:00Z',
  status: 'published',
  cancelReason: null,
  version: 4,
  updatedAt: '2026-11-23T08:00:00Z',
};
const zh = { lang: 'zh' } as const;
const tour = {
  name: { zh: '全国巡回', en: 'National tour' },
  version: 1,
  updatedAt: '2026-11-20T08:00:00Z',
};

describe('calendar entry of a stop', () => {
  it('is in the language asked for, in the other where it is missing', () => {
    expect(stopEntry(stop, tour, { lang: 'en' })).toMatchObject({
      summary: '成都站',
      description: 'National tour',
      location: 'Exhibition Centre, 一路 1 号, 成都市',
    });
    expect(stopEntry(stop, tour, zh).description).toBe('全国巡回');
  });

  it('says where its venue is, where that is known', () => {
    const location = { lat: 30.57, lon: 104.07 };
    expect(stopEntry({ ...stop, venue: { ...stop.venue, location } }, tour, zh).geo).toEqual(location);
    expect(stopEntry(stop, tour, zh).geo).toBeNull();
  });

  it('keeps its UID when it moves, raises SEQUENCE, and says that it is cancelled', () => {
    const before = stopEntry(stop, tour, zh);
    const after = stopEntry(
      { ...stop, startsAt: '2026-12-11T01:00:00Z', version: 5, status: 'cancelled' },
      tour,
      zh,
    );
    expect(after.uid).toBe(before.uid);
    expect(after.sequence).toBeGreaterThan(before.sequence);
    expect([before.status, after.status]).toEqual(['CONFIRMED', 'CANCELLED']);
  });

  it('follows its tour, whose name it shows', () => {
    const renamed = { name: { zh: '新名' }, version: 2, updatedAt: '2026-11-24T08:00:00.500Z' };
    const [before, after] = [stopEntry(stop, tour, zh), stopEntry(stop, renamed, zh)];
    expect(after.sequence).toBeGreaterThan(before.sequence);
    expect([before.lastModified, after.lastModified]).toEqual([stop.updatedAt, renamed.updatedAt]);
  });

  it('says why it is cancelled', () => {
    const cancelled = { ...stop, status: 'cancelled' as const, cancelReason: '台风' };
    expect(stopEntry(cancelled, tour, zh).description).toBe('全国巡回\n已取消：台风');
    expect(stopEntry(cancelled, tour, { lang: 'en' }).description).toBe('National tour\nCancelled: 台风');
    expect(stopEntry({ ...stop, cancelReason: '台风' }, tour, zh).description).toBe('全国巡回');
  });

  it('leads to the page of the stop, under the address of the installation', () => {
    const baseUrl = 'https://tour.example.com/';
    expect(stopEntry(stop, tour, { lang: 'zh', baseUrl }).url).toBe(`${baseUrl}stops/${stop.id}`);
    expect(stopEntry(stop, tour, { lang: 'en', baseUrl }).url).toBe(`${baseUrl}en/stops/${stop.id}`);
    expect(stopEntry(stop, tour, zh)).not.toHaveProperty('url');
  });

  it('makes a feed that another parser reads', () => {
    const venue = { ...stop.venue, location: { lat: 30.57, lon: 104.07 } };
    const text = stopsCalendar({ name: tour.name, tour, stops: [{ ...stop, venue }] }, zh);
    const event = new ICAL.Component(ICAL.parse(text) as unknown[]).getFirstSubcomponent('vevent');
    expect(event?.getFirstPropertyValue('location')).toBe('会展中心, 一路 1 号, 成都市');
    expect(event?.getFirstPropertyValue('sequence')).toBe(3);
    expect(String(event?.getFirstProperty('geo')?.toICALString())).toBe('GEO:30.57;104.07');
    expect(text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\nX-PUBLISHED-TTL:PT15M');
  });
});
