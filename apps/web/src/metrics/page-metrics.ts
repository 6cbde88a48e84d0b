import { Counter, Histogram } from 'prom-client';
import { metrics, secondsBuckets } from '#service';

export const pageViews = new Counter({
  name: 'waystop_web_page_views_total',
  help: 'Pages sent, by page, language and status; what its reader had already counts as 304',
  labelNames: ['page', 'language', 'status'],
  registers: [metrics],
});

export const renderSeconds = new Histogram({
  name: 'waystop_web_render_duration_seconds',
  help: 'Time to make the HTML of a page from data that are at hand',
  labelNames: ['page'],
  buckets: secondsBuckets,
  registers: [metrics],
});

export const dataSeconds = new Histogram({
  name: 'waystop_web_data_duration_seconds',
  help: 'Time to read what a page shows from the API or from what is known of it',
  labelNames: ['page'],
  buckets: secondsBuckets,
  registers: [metrics],
});

export const stalePages = new Counter({
  name: 'waystop_web_stale_pages_total',
  help: 'Pages made from older data, since a service did not answer',
  labelNames: ['page'],
  registers: [metrics],
});
