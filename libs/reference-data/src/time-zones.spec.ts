import { describe, expect, it } from '@jest/globals';
import { IANAZone } from 'luxon';
import { timeZoneLinks, timeZoneNames } from './time-zones.data.js';
import { canonicalTimeZone } from './time-zones.js';

const names = timeZoneNames.trim().split('\n');
const links = timeZoneLinks
  .trim()
  .split('\n')
  .map((row) => row.split(' '));

describe('the table of time zones', () => {
  it('has every place once, and no link to anything but a place', () => {
    expect(names.length).toBeGreaterThan(400);
    expect(links.length).toBeGreaterThan(80);
    expect(new Set([...names, ...links.map(([name]) => name)]).size).toBe(names.length + links.length);
    for (const [, target = ''] of links) expect(names).toContain(target);
    for (const name of names) expect(name).toMatch(/^(?!Etc\/)[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z_-]+){1,2}$/u);
  });

  it('has only zones by which this Node and luxon can compute', () => {
    for (const name of names) {
      expect([name, IANAZone.isValidZone(name)]).toEqual([name, true]);
      expect(() => new Intl.DateTimeFormat('en', { timeZone: name })).not.toThrow();
    }
  });

  it('has links that show the same time as what they link to', () => {
    const at = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)];
    for (const [name = '', target = ''] of links) {
      const offsets = (zone: string) => at.map((ms) => IANAZone.create(zone).offset(ms));
      expect([name, offsets(name)]).toEqual([name, offsets(target)]);
    }
  });
});

describe('the canonical name of a time zone', () => {
  it.each([
    ['Asia/Shanghai', 'Asia/Shanghai'],
    ['Asia/ShangHai', 'Asia/Shanghai'],
    ['asia/urumqi', 'Asia/Urumqi'],
    ['Asia/Chongqing', 'Asia/Shanghai'],
    ['Asia/Chungking', 'Asia/Shanghai'],
    ['Asia/Harbin', 'Asia/Shanghai'],
    ['Asia/Kashgar', 'Asia/Urumqi'],
    ['Asia/Macao', 'Asia/Macau'],
    ['Asia/Hong_Kong', 'Asia/Hong_Kong'],
    ['Asia/Taipei', 'Asia/Taipei'],
    // ICU still calls these by the first name.
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Asia/Katmandu', 'Asia/Kathmandu'],
    ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
    ['Asia/Rangoon', 'Asia/Yangon'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['US/Pacific', 'America/Los_Angeles'],
    ['Europe/Stockholm', 'Europe/Stockholm'],
    ['America/New_York', 'America/New_York'],
    ['America/Port-au-Prince', 'America/Port-au-Prince'],
    ['UTC', 'UTC'],
    ['utc', 'UTC'],
  ])('%s is %s', (given, name) => expect(canonicalTimeZone(given)).toBe(name));

  it.each([
    'CST',
    'PRC',
    'GMT',
    'EST',
    'EST5EDT',
    'CET',
    'WET',
    'HST',
    'Etc/UTC',
    'Etc/GMT-8',
    'Etc/GMT+8',
    'GMT+8',
    'GMT0',
    'UTC+8',
    '+08:00',
    'UCT',
    'Zulu',
    'Z',
    'Universal',
    'Singapore',
    'Hongkong',
    'Japan',
    'ROC',
    'W-SU',
    'Factory',
    'Asia/Beijing',
    'Asia/Shanghai ',
    'Asia',
    'posix/Asia/Shanghai',
    'China Standard Time',
    '',
    'constructor',
  ])('%j has none', (given) => expect(canonicalTimeZone(given)).toBeNull());
});
