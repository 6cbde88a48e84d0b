import { describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { invitationOf } from './invitation.js';

const entry = {
  uid: 'seat-1-abc@waystop',
  sequence: 2,
  startsAt: '2027-01-16T01:00:00Z',
  endsAt: '2027-01-16T10:00:00Z',
  timeZone: 'Asia/Shanghai',
  summary: '成都站',
  description: 'https://tour.example.org/stops/1',
  location: '会展中心, 成都',
  lastModified: '2026-12-01T00:00:00Z',
};
const organizer = { name: '全国巡回, "交流会"', email: 'tour@example.org' };
const attendee = { name: '示例乙;ROLE=CHAIR', email: 'li@example.com' };

function read(method: 'REQUEST' | 'CANCEL') {
  const text = invitationOf({ method, lang: 'zh', entry, organizer, attendee });
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const event = calendar.getFirstSubcomponent('vevent');
  if (event === null) throw new Error('There is no entry.');
  return { text, calendar, event };
}

describe('an invitation', () => {
  it.each(['REQUEST', 'CANCEL'] as const)('of %s is read by another parser', (method) => {
    const { calendar, event } = read(method);
    expect(calendar.getFirstPropertyValue('method')).toBe(method);
    expect(calendar.getAllSubcomponents('vevent')).toHaveLength(1);
    expect(event.getFirstPropertyValue('uid')).toBe(entry.uid);
    expect(event.getFirstPropertyValue('sequence')).toBe(2);
    expect(event.getFirstPropertyValue('status')).toBe(method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED');
    expect(calendar.getFirstSubcomponent('vtimezone')?.getFirstPropertyValue('tzid')).toBe('Asia/Shanghai');
  });

  it('names one attendee, wants no answer, and lets no name add a parameter', () => {
    const { event } = read('REQUEST');
    const [one, ...others] = event.getAllProperties('attendee');
    expect(others).toEqual([]);
    expect(one?.getFirstValue()).toBe('mailto:li@example.com');
    expect(String(one?.getParameter('rsvp')).toUpperCase()).toBe('FALSE');
    expect(one?.getParameter('role')).toBe('REQ-PARTICIPANT');
    expect(String(event.getFirstPropertyValue('organizer')).toLowerCase()).toBe('mailto:tour@example.org');
  });
});
