import { Gauge, Histogram } from 'prom-client';
import { metrics } from '#service';

/** How well a rush is batched: commands that one transaction decided. */
export const seatBatchCommands = new Histogram({
  name: 'waystop_seat_batch_orders',
  help: 'Commands for seats, of any stops, that were decided in one transaction',
  buckets: [1, 2, 5, 10, 20, 50, 100, 200],
  registers: [metrics],
});

export const seats = new Gauge({
  name: 'waystop_seats',
  help: 'Seats of all stops, by the state of the stop; capacity is what there is, the others what is asked of it',
  labelNames: ['stop_status', 'state'],
  registers: [metrics],
});
