import type { BatchPlan } from '#tracing';
import type { SeatOrder } from './seating/seat-order.js';

/** What the spans of a batch say: one transaction decides the orders of many requests. */
export function batchSpan(stopId: string, orders: readonly SeatOrder[]): BatchPlan {
  return {
    name: 'decide seats',
    attributes: { 'waystop.stop_id': stopId, 'waystop.batch_orders': orders.length },
    parents: orders.map(({ call }) => call.traceparent),
  };
}
