import { Histogram } from 'prom-client';
import { metrics, secondsBuckets } from '#service';

/** Rate, errors and duration of each route. Routes are those of the table, so there are only so many series. */
const requestSeconds = new Histogram({
  name: 'waystop_http_request_duration_seconds',
  help: 'Time from the arrival of an HTTP request to its answer; requests to no route are counted under none',
  labelNames: ['method', 'route', 'status'],
  buckets: secondsBuckets,
  registers: [metrics],
});

type Observer = ReturnType<typeof requestSeconds.labels>;

/** One route, with its metrics: their labels are looked up once for each status and not with each request. */
export class RouteMetrics {
  private readonly observers: (Observer | undefined)[] = [];

  constructor(
    private readonly method: string,
    /** As the API's pages write it: `/v1/stops/{stopId}`. */
    readonly route: string,
  ) {}

  record(status: number, seconds: number): void {
    this.observers[status] ??= requestSeconds.labels({ method: this.method, route: this.route, status });
    this.observers[status].observe(seconds);
  }
}

const unmatched = new Map<string, RouteMetrics>();

/** Requests to no route. Node knows only so many methods. */
export function unmatchedRoute(method: string): RouteMetrics {
  let route = unmatched.get(method);
  if (route === undefined) unmatched.set(method, (route = new RouteMetrics(method, 'none')));
  return route;
}
