import {
  type CompanyState,
  type DataOf,
  type FollowUpState,
  type SessionState,
  type StopState,
  type checkInChanged,
  type outcomeAnnounced,
  type MeetingState,
  type listingChanged,
  type registrationChanged,
  type timetableReleased,
} from '#contracts';
import type { KnownStop } from '../stops/known-stop.js';
import type { AggregateKind } from './aggregate.js';
import { checkInSnapshot, checkInTransitions, type CheckInSnapshot } from './check-in-transitions.js';
import { companySnapshot, companyTransitions, type CompanySnapshot } from './company-transitions.js';
import { listingSnapshot, listingTransitions, type ListingSnapshot } from './listing-transitions.js';
import { meetingSnapshot, meetingTransitions, type MeetingSnapshot } from './meeting-transitions.js';
import type { PublicMessage } from '../log/public-message.js';
import type { TopicNews } from '../mail-topics/mail-topic.js';
import { followUpSnapshot, type FollowUpSnapshot } from '../mail-topics/follow-up-snapshot.js';
import {
  followUpNews,
  meetingNews,
  outcomeNews,
  registrationNews,
  releaseNews,
  sessionNews,
  stopNews,
} from '../mail-topics/topic-news.js';
import { outcomeTransitions } from './outcome-transitions.js';
import {
  registrationSnapshot,
  registrationTransitions,
  type RegistrationSnapshot,
} from './registration-transitions.js';
import { releaseTransitions } from './release-transitions.js';
import { sessionSnapshot, sessionTransitions, type SessionSnapshot } from './session-transitions.js';
import { stopSnapshot, stopTransitions, type StopSnapshot } from './stop-transitions.js';

/** How the states of one kind of aggregate become messages. */
export interface EventSource<State extends { version: number } = never, Snapshot extends object = object> {
  readonly kind: AggregateKind;
  /** The stop that the state names, whose organization has to be known before the messages can be made. */
  readonly stopIdOf: (state: State) => string | null;
  readonly companyIdOf: (state: State) => string | null;
  /** What is kept to compare the next state with. */
  readonly snapshotOf: (state: State) => Snapshot;
  readonly transitions: (previous: Snapshot | null, state: State, stop: KnownStop) => PublicMessage[];
  /** What mails have to look at. */
  readonly mailNews: (previous: Snapshot | null, state: State, stop: KnownStop) => TopicNews[];
}

export const companySource: EventSource<CompanyState, CompanySnapshot> = {
  kind: 'company',
  stopIdOf: () => null,
  companyIdOf: ({ companyId }) => companyId,
  snapshotOf: companySnapshot,
  transitions: companyTransitions,
  mailNews: () => [],
};

export const stopSource: EventSource<StopState, StopSnapshot> = {
  kind: 'stop',
  stopIdOf: ({ id }) => id,
  companyIdOf: () => null,
  snapshotOf: stopSnapshot,
  transitions: stopTransitions,
  mailNews: (previous, state) => stopNews(previous, stopSnapshot(state), state),
};

export const registrationSource: EventSource<DataOf<typeof registrationChanged>, RegistrationSnapshot> = {
  kind: 'registration',
  stopIdOf: ({ stopId }) => stopId,
  companyIdOf: ({ companyId }) => companyId,
  snapshotOf: registrationSnapshot,
  transitions: registrationTransitions,
  mailNews: registrationNews,
};

export const checkInSource: EventSource<DataOf<typeof checkInChanged>, CheckInSnapshot> = {
  kind: 'delegate',
  stopIdOf: ({ stopId }) => stopId,
  companyIdOf: ({ companyId }) => companyId,
  snapshotOf: checkInSnapshot,
  transitions: checkInTransitions,
  mailNews: () => [],
};

export const sessionSource: EventSource<SessionState, SessionSnapshot> = {
  kind: 'session',
  stopIdOf: ({ stopId }) => stopId,
  companyIdOf: ({ companyId }) => companyId,
  snapshotOf: sessionSnapshot,
  transitions: sessionTransitions,
  mailNews: sessionNews,
};

export const releaseSource: EventSource<DataOf<typeof timetableReleased>, object> = {
  kind: 'timetable',
  stopIdOf: ({ stopId }) => stopId,
  companyIdOf: () => null,
  snapshotOf: () => ({}),
  transitions: (_previous, state, stop) => releaseTransitions(state, stop),
  mailNews: (_previous, state, stop) => releaseNews(state, stop),
};

/** What was announced never changes, so nothing is kept to compare it with. */
export const outcomeSource: EventSource<DataOf<typeof outcomeAnnounced>, object> = {
  kind: 'outcome',
  stopIdOf: ({ stopId }) => stopId,
  companyIdOf: () => null,
  snapshotOf: () => ({}),
  transitions: (_previous, state) => outcomeTransitions(state),
  mailNews: (previous, state) => (previous === null ? outcomeNews(state) : []),
};

/** Between two companies: nothing of it is published, only these two get mails. */
export const followUpSource: EventSource<FollowUpState, FollowUpSnapshot> = {
  kind: 'follow-up',
  stopIdOf: ({ stopId }) => stopId,
  companyIdOf: () => null,
  snapshotOf: followUpSnapshot,
  transitions: () => [],
  mailNews: (previous, state) => followUpNews(previous, state),
};

export const listingSource: EventSource<DataOf<typeof listingChanged>, ListingSnapshot> = {
  kind: 'listing',
  stopIdOf: () => null,
  companyIdOf: ({ companyId }) => companyId,
  snapshotOf: listingSnapshot,
  transitions: listingTransitions,
  mailNews: () => [],
};

export const meetingSource: EventSource<MeetingState, MeetingSnapshot> = {
  kind: 'meeting',
  stopIdOf: ({ stopId }) => stopId,
  companyIdOf: ({ askerId }) => askerId,
  snapshotOf: meetingSnapshot,
  transitions: meetingTransitions,
  mailNews: meetingNews,
};
