import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.js';
import { all, type Page } from '../../api/queries.js';

export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly stopIds: readonly string[] | null;
  readonly label: string | null;
  readonly state: 'pending' | 'active' | 'paused' | 'disabled' | 'gone';
  readonly createdAt: string;
  readonly version: number;
}
export type WebhookWithSecret = Webhook & { readonly secret: string };

export interface Delivery {
  readonly id: string;
  readonly messageId: string;
  readonly type: string;
  readonly state: 'waiting' | 'delivered' | 'failed' | 'expired' | 'skipped';
  readonly attempts: number;
  readonly nextAt: string | null;
  readonly status: number | null;
  readonly at: string;
}

export interface TestResult {
  readonly status: number | null;
  readonly ms: number;
  readonly error: string | null;
}

/** So soon it shows that an endpoint has taken its ping. */
const pendingMs = 3_000;

export const webhooks = queryOptions({
  queryKey: ['webhooks'],
  queryFn: () => all<Webhook>('/webhooks'),
  refetchInterval: ({ state: { data } }) =>
    data?.some(({ state }) => state === 'pending') === true ? pendingMs : false,
});

/** The names of all events that can be sent; they change with releases of the software alone. */
export const eventTypes = queryOptions({
  queryKey: ['event-types'],
  queryFn: async () =>
    (await call<{ items: { type: string }[] }>('GET', '/event-types')).items.map(({ type }) => type),
  staleTime: Infinity,
});

/** What was delivered yesterday nobody reads. */
export const maxDeliveries = 100;

/** The latest deliveries of an endpoint, the newest first. */
export const deliveries = (id: string, state: string) =>
  queryOptions({
    queryKey: ['deliveries', id, state],
    queryFn: async () => {
      const search = `sort=-createdAt&limit=${maxDeliveries}${state === '' ? '' : `&state=${state}`}`;
      return (await call<Page<Delivery>>('GET', `/webhooks/${id}/deliveries?${search}`)).items;
    },
    refetchInterval: 5_000,
  });
