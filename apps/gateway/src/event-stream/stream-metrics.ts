import { Counter, Gauge } from 'prom-client';
import { metrics } from '#service';

export const streamsOpen = new Gauge({
  name: 'waystop_sse_streams',
  help: 'Event streams that are open at this gateway',
  registers: [metrics],
});

export const streamsEnded = new Counter({
  name: 'waystop_sse_ended_total',
  help: 'Event streams that ended, by the reason: left, slow, key, drain, failed',
  labelNames: ['end'],
  registers: [metrics],
});
