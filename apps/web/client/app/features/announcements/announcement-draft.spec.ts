import { describe, expect, it } from '@jest/globals';
import { announcementBody, emptyAnnouncement, reachesNobody } from './announcement-draft.js';

describe('an announcement as it is typed', () => {
  it('names its audience alone', () => {
    const draft = { ...emptyAnnouncement, subjectZh: ' 提醒 ', textZh: '明天见', checkedIn: 'no' };
    expect(JSON.parse(JSON.stringify(announcementBody(draft)))).toEqual({
      audience: { registrations: ['confirmed'], checkedIn: false },
      subject: { zh: '提醒' },
      text: { zh: '明天见' },
    });
  });

  it('sees that nobody is meant', () => {
    expect(reachesNobody({ ...emptyAnnouncement, registrations: [] })).toBe(true);
    expect(reachesNobody({ ...emptyAnnouncement, registrations: [], isToSpeakers: true })).toBe(false);
  });
});
