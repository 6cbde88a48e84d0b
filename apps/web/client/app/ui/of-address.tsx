import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Stop } from '#contracts/stops';
import { ApiProblem } from '../api/call.js';
import { stop as stopQuery } from '../api/queries.js';
import { NotFound } from './not-found.js';
import { Loaded } from './ui.js';

/** What the address names; where there is no such thing, the page says so as a page. */
export function OfAddress<T>({
  query,
  children,
}: {
  query: Parameters<typeof Loaded<T>>[0]['query'];
  children: (data: T) => ReactNode;
}) {
  const { data, error } = query;
  if (data === undefined && error instanceof ApiProblem && error.status === 404) return <NotFound />;
  return <Loaded query={query}>{children}</Loaded>;
}

/** The stop that the address names, once it is there. */
export function OfStop({ children }: { children: (stop: Stop) => ReactNode }) {
  const { stopId = '' } = useParams({ strict: false });
  const query = useQuery(stopQuery(stopId));
  return <OfAddress query={query}>{children}</OfAddress>;
}
