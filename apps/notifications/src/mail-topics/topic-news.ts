import type {
  DataOf,
  FollowUpState,
  MeetingState,
  SessionState,
  StopState,
  outcomeAnnounced,
  registrationChanged,
} from '#contracts';
import { followUpSnapshot, type FollowUpSnapshot } from './follow-up-snapshot.js';
import { peopleSettleMs, settleMs, stopSettleMs, type TopicNews } from './mail-topic.js';

type RegistrationState = DataOf<typeof registrationChanged>;
type Owned = { readonly organizationId: string };

/** What a registration's new state makes known to mails. */
export function registrationNews(
  previous: { readonly status: RegistrationState['status']; readonly delegateIds?: readonly string[] } | null,
  state: RegistrationState,
  { organizationId }: Owned,
): TopicNews[] {
  const before = previous?.status ?? null;
  if (before === state.status && before !== 'confirmed') return [];
  const isPromotion = before === 'waitlisted' && (state.status === 'confirmed' || state.status === 'pending');
  // Where the first version was never seen nobody knows what came before.
  const isKnown = previous !== null || state.version === 1;
  return [
    {
      family: 'registration',
      id: state.registrationId,
      organizationId,
      stopId: state.stopId,
      settleMs: isPromotion ? 0 : before === state.status ? peopleSettleMs : settleMs,
      news: isKnown ? { status: before, delegateIds: previous?.delegateIds ?? null } : {},
    },
  ];
}

interface KnownStopState {
  readonly status: StopState['status'];
  readonly published: boolean;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly moves: number;
  /** A hash of name and place; absent in states that were kept by earlier releases. */
  readonly place?: string;
}

/** What a stop's new state makes known to mails. */
export function stopNews(
  previous: KnownStopState | null,
  next: KnownStopState,
  state: StopState,
): TopicNews[] {
  if (!next.published) return [];
  const { id, organizationId, version } = state;
  const topic = (waitMs: number, news: object): TopicNews[] => [
    { family: 'stop', id, organizationId, stopId: id, settleMs: waitMs, news: { ...news } },
  ];
  if (previous?.published !== true) return topic(0, {});
  if (next.status === 'cancelled' && previous.status !== 'cancelled') return topic(0, { cancelled: true });
  if (next.moves > previous.moves) {
    const { startsAt, endsAt } = previous;
    return topic(0, { rescheduled: { startsAt, endsAt, version } });
  }
  if (next.status !== previous.status) return topic(0, {});
  const hasMoved = previous.place !== undefined && previous.place !== next.place;
  return hasMoved ? topic(stopSettleMs, { changed: version }) : [];
}

/** What a session's new state makes known to mails; its place is mailed with the release of a timetable. */
export function sessionNews(
  previous: { readonly status: SessionState['status'] } | null,
  state: SessionState,
): TopicNews[] {
  const before = previous?.status ?? null;
  const { status, sessionId, stopId, organizationId, version } = state;
  const isDecision = status === 'rejected' || (status === 'accepted' && before === 'proposed');
  const isProposal = status === 'proposed' && previous === null && version === 1;
  const isEnd = (status === 'cancelled' || status === 'withdrawn') && before !== null;
  if (before === status || !(isDecision || isProposal || isEnd)) return [];
  return [
    {
      family: 'session',
      id: sessionId,
      organizationId,
      stopId,
      settleMs: isEnd ? 0 : settleMs,
      news: { status: before },
    },
  ];
}

/** Releases without mails yet: the newest counts. */
export function releaseNews(
  { stopId, version }: { readonly stopId: string; readonly version: number },
  { organizationId }: Owned,
): TopicNews[] {
  return [
    {
      family: 'release',
      id: stopId,
      organizationId,
      stopId,
      settleMs: 0,
      news: { [`release-${version}`]: true },
    },
  ];
}

/** The newest release of some news; undefined where there is none. */
export function newestRelease(news: Readonly<Record<string, unknown>>): number | undefined {
  const numbers = Object.keys(news).flatMap((key) => /^release-(\d+)$/.exec(key)?.[1] ?? []);
  return numbers.length === 0 ? undefined : Math.max(...numbers.map(Number));
}

/** The name or place of a stop with a timetable has changed. @param version of the stop */
export function placeNews(stopId: string, organizationId: string, version: number): TopicNews {
  return { family: 'release', id: stopId, organizationId, stopId, settleMs: 0, news: { place: version } };
}

/** The version of the stop whose name or place is news; undefined where there is none. */
export function newPlace({ place }: Readonly<Record<string, unknown>>): number | undefined {
  return typeof place === 'number' ? place : undefined;
}

/** The companies that were named. */
export function outcomeNews(announced: DataOf<typeof outcomeAnnounced>): TopicNews[] {
  const { id, organizationId, stopId, companyIds, kind } = announced;
  if (companyIds.length === 0) return [];
  return [{ family: 'outcome', id, organizationId, stopId, settleMs, news: { kind, companyIds } }];
}

/** A step that waits for a confirmation, once for each. */
export function followUpNews(previous: FollowUpSnapshot | null, state: FollowUpState): TopicNews[] {
  const { waiting } = followUpSnapshot(state);
  if (waiting === null || waiting.n === previous?.waiting?.n) return [];
  const { followUpId: id, organizationId, stopId } = state;
  return [
    { family: 'follow-up', id, organizationId, stopId, settleMs, news: { [`step-${waiting.n}`]: true } },
  ];
}

interface KnownMeetingState {
  readonly status: MeetingState['status'];
  readonly startsAt: string | null;
  readonly tableNo: number | null;
  /** Absent in states that were kept by earlier releases. */
  readonly delegateIds?: MeetingState['delegateIds'];
}

/** What a meeting's new state makes known to mails: requests, answers, and what its people's calendars show. */
export function meetingNews(previous: KnownMeetingState | null, state: MeetingState): TopicNews[] {
  const news = {
    ...correspondence(previous, state),
    ...(placeChanged(previous, state) ? { place: true } : {}),
  };
  if (Object.keys(news).length === 0) return [];
  const { meetingId: id, organizationId, stopId } = state;
  return [{ family: 'meeting', id, organizationId, stopId, settleMs, news }];
}

/** Which company hears of a request or a yes. The asked one never hears of what is concealed from it. */
function correspondence(previous: KnownMeetingState | null, state: MeetingState): object {
  const { status, concealed, version } = state;
  if (status === 'requested')
    return previous === null && version === 1 && !concealed ? { requested: true } : {};
  if (status !== 'accepted') return {};
  if (previous?.status === 'requested') return { accepted: 'asker' };
  // Both had said that they must meet: who asked knows it.
  return previous === null && version === 1 ? { accepted: 'asked' } : {};
}

function placeChanged(previous: KnownMeetingState | null, next: MeetingState): boolean {
  const was = previous?.status === 'scheduled';
  const is = next.status === 'scheduled';
  if (!was || !is) return is ? previous !== null || next.version === 1 : was && next.startsAt === null;
  if (previous.startsAt !== next.startsAt || previous.tableNo !== next.tableNo) return true;
  const { delegateIds: before } = previous;
  const { asker, asked } = next.delegateIds;
  return before !== undefined && (before.asker !== asker || before.asked !== asked);
}
