import { queryOptions } from '@tanstack/react-query';
import type { InterestLevel, Listing, Suggestion, Vocabulary } from '#contracts/listings';
import type { Meeting, MeetingAttendance, MeetingRules } from '#contracts/meetings';
import type { z } from 'zod';
import { ApiProblem, call } from '../../api/call.js';
import { all } from '../../api/queries.js';

export type ListingShown = z.output<typeof Listing>;
export type SuggestionShown = z.output<typeof Suggestion>;

/** It changes with a release of the software. */
export const vocabulary = queryOptions({
  queryKey: ['vocabulary'],
  queryFn: () => call<z.output<typeof Vocabulary>>('GET', '/vocabulary'),
  staleTime: Infinity,
});

export const listings = (tourId: string) =>
  queryOptions({
    queryKey: ['listings', tourId],
    queryFn: () => all<ListingShown>(`/tours/${tourId}/listings`, '&sort=-createdAt'),
  });

export const listing = (id: string) =>
  queryOptions({ queryKey: ['listing', id], queryFn: () => call<ListingShown>('GET', `/listings/${id}`) });

interface Interest {
  readonly companyId: string;
  readonly level: InterestLevel;
}

export const interests = (tourId: string) =>
  queryOptions({
    queryKey: ['interests', tourId],
    queryFn: () => all<Interest>(`/tours/${tourId}/interests`),
  });

/** One list, best first; the API makes it whole. */
export const suggestions = (stopId: string) =>
  queryOptions({
    queryKey: ['suggestions', stopId],
    queryFn: async () =>
      (await call<{ items: readonly SuggestionShown[] }>('GET', `/stops/${stopId}/suggestions`)).items,
  });

/** `null` until the organizer has said how companies meet. */
export const meetingRules = (stopId: string) =>
  queryOptions({
    queryKey: ['meeting-rules', stopId],
    queryFn: async (): Promise<MeetingRules | null> => {
      try {
        return await call<MeetingRules>('GET', `/stops/${stopId}/meeting-rules`);
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
  });

export const meetings = (stopId: string) =>
  queryOptions({
    queryKey: ['meetings', stopId],
    queryFn: () => all<Meeting>(`/stops/${stopId}/meetings`),
    refetchInterval: 15_000,
  });

/** One meeting, with the other side's contact where both agreed; each look at it is recorded. */
export const meeting = (id: string) =>
  queryOptions({ queryKey: ['meeting', id], queryFn: () => call<Meeting>('GET', `/meetings/${id}`) });

/** What the company itself said; where it said nothing, its whole delegation. */
export const ownMeetingAttendance = (stopId: string) =>
  queryOptions({
    queryKey: ['meeting-attendance', stopId],
    queryFn: () => call<MeetingAttendance>('GET', `/stops/${stopId}/meeting-attendance`),
  });
