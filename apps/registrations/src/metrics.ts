import { Gauge, Histogram } from 'prom-client';
import { metrics } from '#service';

/** How well a rush is gathered: orders for seats of one stop that one transaction decided. */
export const seatBatchOrders = new Histogram({
  name: 'waystop_seat_batch_orders',
  help: 'Orders for the seats of one stop that were decided in one transaction',
  buckets: [1, 2, 5, 10, 20, 50, 100, 200],
  registers: [metrics],
});

export const seats = new Gauge({
  name: 'waystop_seats',
  help: 'Seats of all stops, by the state of the stop; capacity is what there is, the others what is asked of it',
  labelNames: ['stop_status', 'state'],
  registers: [metrics],
});
