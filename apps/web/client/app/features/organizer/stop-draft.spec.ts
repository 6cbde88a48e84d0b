import { describe, expect, it } from '@jest/globals';
import { citiesOf, provinces } from './places.js';
import { emptyStop, roomsOf, stopBody } from './stop-draft.js';

describe('a stop as it is typed', () => {
  it('becomes the body of a request, with instants of its zone', () => {
    const draft = {
      ...emptyStop,
      nameZh: ' 杭州站 ',
      city: '330100',
      venue: '会议中心',
      startsAt: '2027-01-16T09:00',
      endsAt: '2027-01-16T18:00',
      opensAt: '2026-12-01T00:00',
      closesAt: '2027-01-10T00:00',
      isManual: true,
    };
    expect(stopBody(draft)).toEqual({
      name: { zh: '杭州站', en: undefined },
      city: { code: '330100' },
      venue: { name: { zh: '会议中心', en: undefined } },
      timeZone: 'Asia/Shanghai',
      startsAt: '2027-01-16T01:00:00Z',
      endsAt: '2027-01-16T10:00:00Z',
      capacity: 200,
      maxDelegatesPerCompany: 10,
      registration: {
        opensAt: '2026-11-30T16:00:00Z',
        closesAt: '2027-01-09T16:00:00Z',
        approval: 'manual',
      },
      rooms: [{ name: { zh: '主会场' }, seats: 200 }],
    });
  });

  it.each([
    [
      '主会场 200\n\n分会场一：60 座',
      [
        ['主会场', 200],
        ['分会场一', 60],
      ],
    ],
    ['２号厅　８０', [['2号厅', 80]]],
    ['没有座位数', [['没有座位数', '']]],
    ['', []],
  ])('reads the rooms of %j', (text, rooms) => {
    expect(roomsOf(text).map(({ name, seats }) => [name.zh, seats])).toEqual(rooms);
  });
});

describe('places', () => {
  it('are provinces with their cities, and cities that are provinces', () => {
    expect(provinces).toHaveLength(34);
    expect(citiesOf('330000').map(({ code }) => code)).toContain('330100');
    expect(citiesOf('810000')).toHaveLength(1);
    for (const { code } of provinces) expect(citiesOf(code).length).toBeGreaterThan(0);
  });
});
