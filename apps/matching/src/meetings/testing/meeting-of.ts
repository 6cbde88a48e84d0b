import { nowhere, type MeetingRecord } from '../meeting.js';

/** A scheduled meeting, with some members changed; one in a status without a place has none. */
export function meetingOf(over: Partial<MeetingRecord>): MeetingRecord {
  const hasPlace = ['scheduled', 'held', 'missed'].includes(over.status ?? 'scheduled');
  return {
    id: 'm',
    stopId: 's',
    tourId: 't',
    organizationId: 'o',
    askerId: 'a',
    askedId: 'b',
    listingId: null,
    message: null,
    status: 'scheduled',
    reason: null,
    missed: null,
    ...(hasPlace
      ? { startsAt: '2027-01-16T02:00:00Z', endsAt: '2027-01-16T02:20:00Z', tableNo: 1 }
      : nowhere),
    concealed: false,
    askerDelegateId: null,
    askedDelegateId: null,
    askerCame: false,
    askedCame: false,
    expiresAt: '2027-01-10T00:00:00Z',
    createdAt: '2027-01-01T00:00:00Z',
    version: 1,
    ...over,
  };
}
