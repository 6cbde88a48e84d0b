import { describe, expect, it } from '@jest/globals';
import { createStop, parseOrRefuse, Problem, updateStop, type StopPatch } from '#contracts';
import { fieldsOf, patchStop } from './stop-draft.js';
import { removedRooms } from './room-use.js';
import { newStop, type StopRecord } from './stop.js';

const roomA = '01990000-0000-7000-8000-00000000000a';
const roomB = '01990000-0000-7000-8000-00000000000b';
const body = {
  name: { zh: '成都站' },
  city: { code: '510100' },
  venue: { name: { zh: '会展中心' } },
  timeZone: 'Asia/Shanghai',
  startsAt: '2027-01-16T09:00:00+08:00',
  endsAt: '2027-01-16T18:00:00+08:00',
  capacity: 220,
  registration: { opensAt: '2026-12-01T00:00:00Z', closesAt: '2027-01-15T00:00:00Z' },
  rooms: [
    { id: roomA, name: { zh: '主会场' }, seats: 220 },
    { name: { zh: '分会场' }, seats: 60 },
  ],
};
const draft = parseOrRefuse(createStop.input.shape.body, body, ['body']);
const newRoomId = () => roomB;
const now = new Date('2026-12-01T00:00:00Z');
const stop: StopRecord = newStop(
  { id: 's', tourId: 't', organizationId: 'o' },
  fieldsOf(draft, newRoomId),
  '2026-11-23T00:00:00Z',
);

function patched(patch: object, of: StopRecord = stop): StopRecord {
  const { body: read } = parseOrRefuse(updateStop.input, { id: roomA, body: patch }, []);
  return patchStop(of, read as StopPatch, newRoomId, now);
}

function refusal(act: () => unknown): { code: string; pointers: unknown[] } {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { code: error.code, pointers: (error.extra.errors ?? []).map((one) => Object.values(one)[0]) };
  }
  return { code: 'done', pointers: [] };
}

describe('a new stop', () => {
  it('gets what was left out: the name of its city, ids of rooms, nulls', () => {
    expect(stop).toMatchObject({
      city: { code: '510100', name: { zh: '成都市' } },
      venue: { address: null, location: null },
      rooms: [{ id: roomA }, { id: roomB }],
      status: 'draft',
      version: 1,
    });
  });

  it('keeps the name that its city was given', () => {
    const named = { ...draft, city: { code: '510100', name: { en: 'Chengdu' } } };
    expect(fieldsOf(named, newRoomId).city.name).toEqual({ en: 'Chengdu' });
  });

  it('is refused in an unknown city', () => {
    expect(refusal(() => fieldsOf({ ...draft, city: { code: '999999' } }, newRoomId))).toEqual({
      code: 'request.invalid',
      pointers: ['/city/code'],
    });
  });
});

describe('a patch of a stop', () => {
  it('changes what it names and nothing else', () => {
    expect(patched({ capacity: 300, name: { en: 'Chengdu stop' } })).toEqual({
      ...stop,
      capacity: 300,
      name: { zh: '成都站', en: 'Chengdu stop' },
    });
  });

  it.each([
    ['nothing', {}],
    ['the same values', { capacity: 220, startsAt: '2027-01-16T01:00:00Z', city: { code: '510100' } }],
    ['null for what is absent', { partners: null, venue: { address: null } }],
  ])('with %s gives the same stop back', (_what, patch) => {
    expect(patched(patch)).toBe(stop);
  });

  it('renames the city with its code, unless it names it too', () => {
    const city = (patch: object) => patched({ city: patch }).city;
    expect(city({ code: '510700' })).toEqual({ code: '510700', name: { zh: '绵阳市' } });
    expect(city({ code: '510700', name: { en: 'Mianyang' } })).toEqual({
      code: '510700',
      name: { en: 'Mianyang' },
    });
    expect(city({ name: { en: 'Chengdu' } }).name).toEqual({ zh: '成都市', en: 'Chengdu' });
    const english = { ...stop, city: { code: '510100', name: { en: 'Chengdu' } } };
    expect(patched({ city: { name: null } }, english).city.name).toEqual({ zh: '成都市' });
  });

  it('puts defaults back for what it clears', () => {
    const strict = { ...stop, maxDelegatesPerCompany: 3 };
    expect(patched({ maxDelegatesPerCompany: null, rooms: null }, strict)).toMatchObject({
      maxDelegatesPerCompany: 10,
      rooms: [],
    });
  });

  it.each([
    ['an end before the start', { endsAt: '2027-01-16T00:00:00Z' }, ['/endsAt']],
    ['no name left', { name: { zh: null } }, ['/name']],
    ['half a location', { venue: { location: { lat: 30 } } }, ['/venue/location/lon']],
    ['one room twice', { rooms: [...stop.rooms, stop.rooms[0]] }, ['/rooms/2/id']],
  ])('is refused with %s', (_what, patch, pointers) => {
    expect(refusal(() => patched(patch))).toEqual({ code: 'request.invalid', pointers });
  });

  it('does not move a published stop, even to times that would be wrong', () => {
    const published = { ...stop, status: 'published' as const };
    expect(refusal(() => patched({ startsAt: '2027-02-16T01:00:00Z' }, published)).code).toBe(
      'stop.use_reschedule',
    );
    expect(patched({ startsAt: stop.startsAt, capacity: 5 }, published).capacity).toBe(5);
  });

  it.each(['completed', 'cancelled'] as const)('does not change a %s stop', (status) => {
    expect(refusal(() => patched({ capacity: 5 }, { ...stop, status })).code).toBe('stop.invalid_transition');
  });

  it('says which rooms it takes away', () => {
    const kept = [{ id: roomB, name: { zh: '新名' }, seats: 5 }];
    expect(removedRooms(stop, patched({ rooms: kept }))).toMatchObject([{ id: roomA }]);
    expect(removedRooms(stop, patched({ capacity: 5 }))).toEqual([]);
  });
});
