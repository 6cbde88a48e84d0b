import { queryOptions } from '@tanstack/react-query';
import type { Localized } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { all } from '../../api/queries.js';

export interface Announcement {
  readonly id: string;
  readonly subject: Localized;
  readonly text: Localized;
  readonly status: 'draft' | 'approved' | 'sending' | 'sent' | 'stopped';
  readonly recipients: number | null;
  readonly sent: number;
  readonly createdAt: string;
  readonly version: number;
}

export interface Preview {
  readonly recipients: number;
  readonly samples: readonly { readonly language: string; readonly subject: string; readonly text: string }[];
}

const whileSendingMs = 3_000;

export const announcements = (stopId: string) =>
  queryOptions({
    queryKey: ['announcements', stopId],
    queryFn: () => all<Announcement>(`/stops/${stopId}/announcements`),
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => status === 'approved' || status === 'sending') === true
        ? whileSendingMs
        : false,
  });

/** Whom it reaches now. It is asked each time somebody looks, since the number is what is confirmed. */
export const preview = (id: string) =>
  queryOptions({
    queryKey: ['announcement-preview', id],
    queryFn: () => call<Preview>('POST', `/announcements/${id}/preview`),
    gcTime: 0,
  });
