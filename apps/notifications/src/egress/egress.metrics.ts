import { Counter } from 'prom-client';
import { metrics } from '#service';

export const egressRefused = new Counter({
  name: 'waystop_egress_refused_total',
  help: 'Addresses to which nothing was sent, by the reason: form, host, private',
  labelNames: ['reason'],
  registers: [metrics],
});
