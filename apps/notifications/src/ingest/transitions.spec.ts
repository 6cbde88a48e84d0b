import { describe, expect, it } from '@jest/globals';
import type { CompanyState, DataOf, MeetingState, SessionState, StopState, listingChanged } from '#contracts';
import { checkInTransitions } from './check-in-transitions.js';
import { companySnapshot, companyTransitions } from './company-transitions.js';
import { listingTransitions } from './listing-transitions.js';
import { meetingTransitions } from './meeting-transitions.js';
import { registrationTransitions } from './registration-transitions.js';
import { sessionTransitions } from './session-transitions.js';
import { stopSnapshot, stopTransitions } from './stop-transitions.js';

const stop = { stopId: 'stop', organizationId: 'org', tourId: 'tour' };
const types = (messages: readonly { type: string }[]) => messages.map(({ type }) => type);

describe('a registration', () => {
  const state = (status: 'confirmed' | 'pending' | 'waitlisted' | 'declined' | 'cancelled') => ({
    registrationId: 'reg',
    stopId: 'stop',
    companyId: 'company',
    status,
    seats: 3,
    version: 2,
  });

  it.each([
    [null, 'confirmed', 'registration.confirmed'],
    [null, 'pending', 'registration.pending'],
    [null, 'waitlisted', 'registration.waitlisted'],
    ['pending', 'confirmed', 'registration.confirmed'],
    ['pending', 'declined', 'registration.declined'],
    ['waitlisted', 'confirmed', 'registration.promoted'],
    ['waitlisted', 'pending', 'registration.promoted'],
    ['waitlisted', 'declined', 'registration.declined'],
    ['confirmed', 'cancelled', 'registration.cancelled'],
    ['confirmed', 'confirmed', 'registration.changed'],
  ] as const)('that goes from %s to %s is published as %s', (before, now, type) => {
    const previous = before === null ? null : { status: before, seats: 2 };
    const [message] = registrationTransitions(previous, state(now), stop);
    expect(message).toMatchObject({
      type,
      subject: 'registration/reg',
      scope: { organizationId: 'org', companyId: 'company', stopId: 'stop', public: false },
      data: {
        status: now,
        previousStatus: before,
        tourId: 'tour',
        seats: 3,
        previousSeats: previous?.seats ?? null,
      },
    });
  });
});

describe('a session', () => {
  const state = (over: Partial<SessionState>): SessionState => ({
    sessionId: 'session',
    stopId: 'stop',
    organizationId: 'org',
    companyId: null,
    status: 'accepted',
    roomId: null,
    startsAt: null,
    endsAt: null,
    version: 2,
    ...over,
  });
  const placed = { roomId: 'r1', startsAt: '2027-01-16T01:00:00Z', endsAt: '2027-01-16T02:00:00Z' };
  const unplaced = { roomId: null, startsAt: null, endsAt: null };

  it.each([
    [null, state({ status: 'proposed' }), ['session.proposed']],
    [{ status: 'proposed', ...unplaced }, state({}), ['session.accepted']],
    [{ status: 'proposed', ...unplaced }, state({ status: 'scheduled', ...placed }), ['session.scheduled']],
    [
      { status: 'scheduled', ...placed },
      state({ status: 'scheduled', ...placed, roomId: 'r2' }),
      ['session.moved'],
    ],
    [{ status: 'scheduled', ...placed }, state({ status: 'scheduled', ...placed }), []],
    [{ status: 'scheduled', ...placed }, state({}), ['session.unscheduled']],
    [{ status: 'accepted', ...unplaced }, state({}), []],
    [{ status: 'scheduled', ...placed }, state({ status: 'cancelled' }), ['session.cancelled']],
    [{ status: 'accepted', ...unplaced }, state({ status: 'withdrawn' }), ['session.withdrawn']],
  ] as const)('that was %j and is %j now', (previous, next, expected) => {
    expect(types(sessionTransitions(previous, next, stop))).toEqual(expected);
  });
});

describe('a stop', () => {
  const draft = {
    id: 'stop',
    tourId: 'tour',
    organizationId: 'org',
    name: { zh: '成都站' },
    status: 'draft',
    published: false,
    startsAt: '2027-01-16T01:00:00Z',
    endsAt: '2027-01-16T10:00:00Z',
    capacity: 220,
    moves: [],
    cancelReason: null,
    version: 1,
  } as unknown as StopState;
  const published = { ...draft, status: 'published', published: true, version: 2 } as StopState;
  const moved = {
    ...published,
    startsAt: '2027-01-23T01:00:00Z',
    moves: [{ fromStartsAt: published.startsAt, toStartsAt: '2027-01-23T01:00:00Z', reason: null }],
    version: 3,
  } as StopState;

  it.each([
    ['is drafted', null, draft, []],
    ['is published', draft, published, ['stop.published']],
    ['is published before anybody followed', null, published, ['stop.published']],
    ['moves', published, moved, ['stop.rescheduled']],
    ['gets more seats', published, { ...published, capacity: 300, version: 3 }, ['stop.changed']],
    ['gets a version and nothing else', published, { ...published, version: 3 }, []],
    ['is cancelled', published, { ...published, status: 'cancelled' }, ['stop.cancelled']],
    ['is completed', published, { ...published, status: 'completed' }, ['stop.completed']],
    [
      'moves and is cancelled',
      published,
      { ...moved, status: 'cancelled' },
      ['stop.rescheduled', 'stop.cancelled'],
    ],
    ['is cancelled as a draft', draft, { ...draft, status: 'cancelled' }, []],
  ] as [string, StopState | null, StopState, string[]][])('that %s', (_, before, next, expected) => {
    expect(types(stopTransitions(before && stopSnapshot(before), next))).toEqual(expected);
  });

  it('tells where it moved from', () => {
    const [message] = stopTransitions(stopSnapshot(published), moved);
    expect(message?.data).toMatchObject({ startsAt: moved.startsAt, previousStartsAt: published.startsAt });
  });

  it('keeps nothing of its texts and contact', () => {
    const withContact = { ...published, contact: { name: 'Contact 1', email: 'contact1@example.com' } };
    expect(JSON.stringify(stopSnapshot(withContact as StopState))).not.toMatch(/成都|Contact|example/);
  });
});

describe('a company', () => {
  const state = (standings: CompanyState['standings']): CompanyState => ({
    companyId: 'company',
    name: { en: 'Company 1' },
    standings,
    version: 3,
  });

  it('goes to each organization whose decision changed', () => {
    const before = companySnapshot(state([{ organizationId: 'one', status: 'verified' }]));
    const messages = companyTransitions(
      before,
      state([
        { organizationId: 'one', status: 'suspended' },
        { organizationId: 'two', status: 'verified' },
        { organizationId: 'three', status: 'unverified' },
      ]),
    );
    expect(messages.map(({ type, scope }) => [type, scope.organizationId])).toEqual([
      ['company.suspended', 'one'],
      ['company.verified', 'two'],
    ]);
    expect(companyTransitions(before, state([{ organizationId: 'one', status: 'verified' }]))).toEqual([]);
  });
});

describe('a check-in', () => {
  const stop = { stopId: 'stop', organizationId: 'org', tourId: 'tour' };
  const state = (checkedInAt: string | null, version: number) => ({
    delegateId: 'delegate',
    registrationId: 'registration',
    stopId: 'stop',
    companyId: 'company',
    checkedInAt,
    version,
  });
  const at = '2027-01-16T00:48:00Z';

  it.each([
    ['is recorded', null, state(at, 1), 1],
    ['is taken back', { checkedInAt: at }, state(null, 2), 1],
    ['is as it was', { checkedInAt: at }, state(at, 2), 0],
    ['never was', null, state(null, 1), 0],
  ])('that %s', (_name, before, next, messages) => {
    expect(checkInTransitions(before, next, stop)).toHaveLength(messages);
  });

  it('names the delegate by the id alone', () => {
    const [message] = checkInTransitions(null, state(at, 1), stop);
    expect(message).toEqual({
      type: 'check_in.recorded',
      subject: 'delegate/delegate',
      scope: { organizationId: 'org', companyId: 'company', stopId: 'stop', public: false },
      data: { ...state(at, 1), tourId: 'tour', href: '/v1/registrations/registration' },
    });
  });
});

describe('a listing', () => {
  const state = (to: DataOf<typeof listingChanged>['state']): DataOf<typeof listingChanged> => ({
    listingId: 'listing',
    tourId: 'tour',
    organizationId: 'org',
    companyId: 'company',
    side: 'need',
    concepts: ['kind.dataset'],
    expiresAt: '2027-05-01T00:00:00Z',
    publishedAt: null,
    state: to,
    version: 2,
  });

  it.each([
    ['draft', 'published', ['listing.published']],
    ['paused', 'published', ['listing.published']],
    ['published', 'published', []],
    ['published', 'paused', []],
    ['published', 'removed', ['listing.removed']],
  ] as const)('that goes from %s to %s is published as %j', (before, now, expected) => {
    expect(types(listingTransitions({ state: before }, state(now)))).toEqual(expected);
  });

  it('is its company’s and the organizer’s alone', () => {
    const [message] = listingTransitions(null, state('published'));
    expect(message?.scope).toEqual({
      organizationId: 'org',
      companyId: 'company',
      stopId: null,
      public: false,
    });
  });
});

describe('a meeting', () => {
  const nowhere = { startsAt: null, endsAt: null, tableNo: null };
  const place = { startsAt: '2027-01-16T05:00:00Z', endsAt: '2027-01-16T05:20:00Z', tableNo: 3 };
  const state = (status: MeetingState['status'], over: Partial<MeetingState> = {}): MeetingState => ({
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
    delegateIds: { asker: null, asked: null },
    version: 2,
    ...over,
  });

  it.each([
    [null, state('requested'), 'meeting.requested'],
    [null, state('accepted'), 'meeting.accepted'],
    [{ status: 'requested', ...nowhere }, state('declined'), 'meeting.declined'],
    [{ status: 'accepted', ...nowhere }, state('scheduled', place), 'meeting.scheduled'],
    [{ status: 'scheduled', ...place }, state('scheduled', { ...place, tableNo: 4 }), 'meeting.moved'],
    [{ status: 'scheduled', ...place }, state('accepted'), 'meeting.unscheduled'],
    [{ status: 'accepted', ...nowhere }, state('unplaced'), 'meeting.unplaced'],
    [{ status: 'scheduled', ...place }, state('missed', { ...place, missed: 'both' }), 'meeting.missed'],
    [{ status: 'missed', ...place }, state('held', place), 'meeting.held'],
  ] as const)('from %j is published to both sides', (previous, next, type) => {
    const messages = meetingTransitions(previous, next);
    expect(types(messages)).toEqual([type, type]);
    expect(messages.map(({ scope }) => [scope.organizationId, scope.companyId])).toEqual([
      ['org', 'asker'],
      [null, 'asked'],
    ]);
  });

  it('is no news where only its delegate changed', () => {
    expect(meetingTransitions({ status: 'scheduled', ...place }, state('scheduled', place))).toEqual([]);
  });

  it('that is concealed never comes to the asked side', () => {
    for (const status of ['requested', 'expired', 'withdrawn'] as const) {
      const messages = meetingTransitions(null, state(status, { concealed: true }));
      expect(messages.map(({ scope }) => scope.companyId)).toEqual(['asker']);
    }
  });
});
