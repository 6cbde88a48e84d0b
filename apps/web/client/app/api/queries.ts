import { queryOptions } from '@tanstack/react-query';
import type { Me } from '#contracts/people';
import type { Registration } from '#contracts/registrations';
import type { Session } from '#contracts/sessions';
import type { Stop, Tour } from '#contracts/stops';
import { ApiProblem, call } from './call.js';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export interface Availability {
  readonly capacity: number;
  readonly confirmed: number;
  readonly pending: number;
  readonly left: number;
  readonly waitlisted: number;
}

export interface CompanyProfile {
  readonly id: string;
  readonly name: { zh?: string; en?: string };
  readonly uscc: string;
  readonly status: 'unverified' | 'verified' | 'suspended';
  readonly industry: string | null;
  readonly cityCode: string | null;
  readonly contact: {
    readonly name: string;
    readonly email: string;
    readonly mobile: string | null;
    readonly language: 'zh' | 'en' | null;
  };
  readonly version: number;
}

const soonMs = 5_000;

export const me = queryOptions({
  queryKey: ['me'],
  queryFn: async (): Promise<Me | null> => {
    try {
      return await call<Me>('GET', '/me');
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export const company = queryOptions({
  queryKey: ['company'],
  queryFn: () => call<CompanyProfile>('GET', '/companies/me'),
});

/** Every stop that the caller sees, of every tour. */
export const stops = queryOptions({
  queryKey: ['stops'],
  queryFn: async (): Promise<readonly { tour: Tour; stops: readonly Stop[] }[]> => {
    const tours = await all<Tour>('/tours');
    return Promise.all(
      tours.map(async (tour) => ({ tour, stops: await all<Stop>(`/tours/${tour.id}/stops`) })),
    );
  },
  staleTime: soonMs,
});

export const stop = (id: string) =>
  queryOptions({
    queryKey: ['stop', id],
    queryFn: () => call<Stop>('GET', `/stops/${id}`),
    staleTime: soonMs,
  });

export const availability = (stopId: string) =>
  queryOptions({
    queryKey: ['availability', stopId],
    queryFn: () => call<Availability>('GET', `/stops/${stopId}/availability`),
    refetchInterval: 15_000,
  });

/** The caller's registrations of a stop; all of them for its organizer. */
export const registrations = (stopId: string, search = '') =>
  queryOptions({
    queryKey: ['registrations', stopId, search],
    queryFn: () => all<Registration>(`/stops/${stopId}/registrations`, search),
    staleTime: soonMs,
  });

export const registration = (id: string) =>
  queryOptions({
    queryKey: ['registration', id],
    queryFn: () => call<Registration>('GET', `/registrations/${id}`),
    refetchInterval: 15_000,
  });

/** Companies as the caller's organization sees them. */
export const companies = (search: string) =>
  queryOptions({
    queryKey: ['companies', search],
    queryFn: () => all<OrganizersCompany>('/companies', search),
    staleTime: soonMs,
  });

export interface OrganizersCompany {
  readonly id: string;
  readonly name: { zh?: string; en?: string };
  readonly uscc: string;
  readonly status: 'unverified' | 'verified' | 'suspended';
}

export const sessions = (stopId: string) =>
  queryOptions({
    queryKey: ['sessions', stopId],
    queryFn: () => all<Session>(`/stops/${stopId}/sessions`),
    staleTime: soonMs,
  });

export interface Reviews {
  readonly items: readonly { readonly score: number; readonly keyId: string | null }[];
  readonly averageScore: number | null;
}

export const reviews = (sessionId: string) =>
  queryOptions({
    queryKey: ['reviews', sessionId],
    queryFn: () => call<Reviews>('GET', `/sessions/${sessionId}/reviews`),
  });

const maxPages = 25;

/** A whole list, page by page. */
export async function all<Item>(path: string, search = ''): Promise<Item[]> {
  const items: Item[] = [];
  let cursor = '';
  for (let page = 0; page < maxPages; page += 1) {
    const { items: some, nextCursor } = await call<Page<Item>>('GET', `${path}?limit=200${search}${cursor}`);
    items.push(...some);
    if (nextCursor === null) break;
    cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
  return items;
}
