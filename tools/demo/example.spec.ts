import { describe, expect, it } from '@jest/globals';
import { createStop, createTour, proposeSession } from '#contracts';
import { isUscc } from '#reference-data';
import { dayOf, moved, movedStop, shiftInto } from './dates.js';
import { readExample } from './example.js';

const example = readExample();

describe('examples/chengdu.json', () => {
  it('matches the API as it stands, for the tour, the stop and each session', () => {
    expect(createTour.input.safeParse({ body: example.tour }).error).toBeUndefined();
    const tourId = '01939f00-0000-7000-8000-000000000000';
    expect(createStop.input.safeParse({ tourId, body: example.stop }).error).toBeUndefined();
    for (const { kind, title, durationMinutes, speakers } of example.sessions) {
      const body = { kind, title, durationMinutes, speakers };
      expect(proposeSession.input.safeParse({ stopId: tourId, body }).error).toBeUndefined();
    }
  });

  it('gives every company a valid code of its own, and one code that is wrong on purpose', () => {
    const codes = example.companies.map(({ uscc }) => uscc);
    expect(codes.filter((code) => !isUscc(code))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
    expect(isUscc(example.wrongUscc)).toBe(false);
  });

  it('numbers every company that the news does not name', () => {
    for (const { key, name } of example.companies.slice(2)) {
      expect(key).toMatch(/^\d{3}$/);
      expect(name).toEqual({ zh: `示例企业 ${key}`, en: `Example Company ${key}` });
    }
  });

  it('reaches nobody: all addresses are of example.com, which is reserved', () => {
    const speakers = example.sessions.flatMap((session) => session.speakers);
    const addresses = [...speakers, example.stop.contact].map(({ email }) => email);
    expect(addresses.filter((address) => !address.endsWith('@example.com'))).toEqual([]);
  });

  it('names only companies, sessions and rooms that it has', () => {
    const companies = new Set(example.companies.map(({ key }) => key));
    const sessions = new Set(example.sessions.map(({ key }) => key));
    const rooms = new Set(example.stop.rooms.map(({ name }) => name.en));
    const named = [...example.verified, ...example.suspended, ...example.cancelled];
    expect(named.filter((key) => !companies.has(key))).toEqual([]);
    const proposers = example.sessions.flatMap(({ proposedBy }) => proposedBy ?? []);
    expect(proposers.filter((key) => !companies.has(key))).toEqual([]);
    expect(example.clashes.filter(({ session }) => !sessions.has(session))).toEqual([]);
    const places = [...example.clashes, ...example.sessions.flatMap(({ place }) => place ?? [])];
    expect(places.filter(({ room }) => !rooms.has(room))).toEqual([]);
  });
});

describe('the dates of the demo', () => {
  const { stop } = example;

  it.each(['2026-11-23T08:00:00Z', '2026-12-31T23:59:59Z', '2028-02-29T12:00:00Z'])(
    'lie in the weeks after %s, on the same weekday and with registration open',
    (instant) => {
      const now = Date.parse(instant);
      const { startsAt, registration } = movedStop(stop, shiftInto(new Date(now), stop));
      const daysAhead = (Date.parse(startsAt) - now) / 86_400_000;
      expect(daysAhead).toBeGreaterThanOrEqual(21);
      expect(daysAhead).toBeLessThan(28);
      expect(dayOf(startsAt, stop.timeZone)).toMatch(/^Friday/);
      expect(Date.parse(registration.opensAt)).toBeLessThan(now);
      expect(Date.parse(registration.closesAt)).toBeGreaterThan(now);
    },
  );

  it('stay as they are while they lie ahead', () => {
    expect(shiftInto(new Date('2025-12-20T00:00:00Z'), stop)).toBe(0);
    expect(moved(stop.startsAt, 0)).toBe('2026-01-16T01:00:00Z');
  });
});
