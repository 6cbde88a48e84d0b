import { describe, expect, it } from '@jest/globals';
import { meetingStatuses } from '#contracts';
import { meetingEntry, type CalendarMeeting } from './meeting-entry.js';

const meeting: CalendarMeeting = {
  id: 'm',
  status: 'scheduled',
  startsAt: '2027-01-16T05:00:00Z',
  endsAt: '2027-01-16T05:20:00Z',
  tableNo: 3,
  version: 4,
  changedAt: '2027-01-10T00:00:00Z',
};
const stop = { timeZone: 'Asia/Shanghai', venue: { zh: '会展中心', en: 'Expo centre' } };
const partner = { zh: '示例企业 7', en: 'Example company 7' };

describe('a meeting in a calendar', () => {
  it('says with whom, where, and which version it is', () => {
    expect(meetingEntry(meeting, partner, stop, 'zh')).toMatchObject({
      uid: 'meeting-m@waystop',
      sequence: 4,
      summary: '洽谈：示例企业 7',
      location: '会展中心 3 号桌',
    });
    expect(meetingEntry(meeting, partner, stop, 'en')).toMatchObject({
      summary: 'Meeting: Example company 7',
      location: 'Expo centre, table 3',
    });
    expect(meetingEntry(meeting, null, stop, 'en').summary).toBe('Meeting: a company');
  });

  it('is cancelled unless it has a place', () => {
    const statuses = meetingStatuses.filter(
      (status) => meetingEntry({ ...meeting, status }, partner, stop, 'zh').status === 'CONFIRMED',
    );
    expect(statuses).toEqual(['scheduled', 'held', 'missed']);
  });
});
