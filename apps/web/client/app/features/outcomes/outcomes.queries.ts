import { queryOptions } from '@tanstack/react-query';
import type { FollowUp, MeetingOutcome } from '#contracts/outcomes';
import type { StopResults, TourStatistics } from '#contracts/statistics';
import { all } from '../../api/queries.js';
import { call } from '../../api/call.js';

const soonMs = 5_000;

export const results = (stopId: string) =>
  queryOptions({
    queryKey: ['results', stopId],
    queryFn: () => call<StopResults>('GET', `/stops/${stopId}/results`),
    refetchInterval: 15_000,
  });

export const statistics = (tourId: string) =>
  queryOptions({
    queryKey: ['statistics', tourId],
    queryFn: () => call<TourStatistics>('GET', `/tours/${tourId}/statistics`),
    staleTime: soonMs,
  });

export const followUps = (stopId: string) =>
  queryOptions({
    queryKey: ['follow-ups', stopId],
    queryFn: () => all<FollowUp>('/follow-ups', `&stopId=${stopId}`),
    staleTime: soonMs,
  });

/** What began at other stops of the tour and can go on at this one. */
export const carriedFollowUps = (stopId: string) =>
  queryOptions({
    queryKey: ['follow-ups', stopId, 'carried'],
    queryFn: () => all<FollowUp>('/follow-ups', `&carriedTo=${stopId}`),
    staleTime: soonMs,
  });

export const unplacedMeetings = (stopId: string) =>
  queryOptions({
    queryKey: ['unplaced', stopId],
    queryFn: () => all<{ readonly id: string }>(`/stops/${stopId}/meetings`, '&status=unplaced'),
    staleTime: soonMs,
  });

/** A company's own, of all stops. */
export const ownFollowUps = queryOptions({
  queryKey: ['follow-ups', 'own'],
  queryFn: () => all<FollowUp>('/follow-ups'),
  staleTime: soonMs,
});

/** What the sides said of a meeting; a company sees its own side. */
export const meetingOutcome = (meetingId: string) =>
  queryOptions({
    queryKey: ['meeting-outcome', meetingId],
    queryFn: () =>
      call<Readonly<Record<'asker' | 'asked', MeetingOutcome | null>>>(
        'GET',
        `/meetings/${meetingId}/outcome`,
      ),
  });
