import { describe, expect, it } from '@jest/globals';
import type { MeetingState } from '#contracts';
import { meetingNews } from './topic-news.js';

const nowhere = { startsAt: null, endsAt: null, tableNo: null };
const place = { startsAt: '2027-01-16T05:00:00Z', endsAt: '2027-01-16T05:20:00Z', tableNo: 3 };
const nobody = { asker: null, asked: null };

function state(status: MeetingState['status'], over: Partial<MeetingState> = {}): MeetingState {
  return {
    meetingId: 'meeting',
    stopId: 'stop',
    tourId: 'tour',
    organizationId: 'org',
    askerId: 'asker',
    askedId: 'asked',
    concealed: false,
    status,
    missed: null,
    ...nowhere,
    delegateIds: nobody,
    version: 2,
    ...over,
  };
}

const first = { version: 1 };

describe('what a meeting makes known to mails', () => {
  it.each([
    ['a request', null, state('requested', first), { requested: true }],
    ['a request that is concealed', null, state('requested', { ...first, concealed: true }), null],
    ['a request seen late', null, state('requested'), null],
    ['a yes', { status: 'requested', ...nowhere }, state('accepted'), { accepted: 'asker' }],
    ['two musts', null, state('accepted', first), { accepted: 'asked' }],
    ['a place', { status: 'accepted', ...nowhere }, state('scheduled', place), { place: true }],
    [
      'another table',
      { status: 'scheduled', ...place },
      state('scheduled', { ...place, tableNo: 4 }),
      { place: true },
    ],
    ['the same place', { status: 'scheduled', ...place }, state('scheduled', place), null],
    [
      'another person',
      { status: 'scheduled', ...place, delegateIds: nobody },
      state('scheduled', { ...place, delegateIds: { asker: 'somebody', asked: null } }),
      { place: true },
    ],
    ['a place lost', { status: 'scheduled', ...place }, state('accepted'), { place: true }],
    ['an end', { status: 'scheduled', ...place }, state('cancelled'), { place: true }],
    ['a meeting that took place', { status: 'scheduled', ...place }, state('held', place), null],
    ['a no', { status: 'requested', ...nowhere }, state('declined'), null],
  ] as const)('%s', (_name, previous, next, news) => {
    expect(meetingNews(previous, next).map((one) => one.news)).toEqual(news === null ? [] : [news]);
  });
});
