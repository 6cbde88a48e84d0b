import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { brokerServiceNames, serviceNames } from '#contracts';
import { soon } from '#service/testing/patience';
import { Broker } from '../../libs/messaging/src/index.js';
import { ApiClient, aStop, delegates, must, signUpCompany, type Answer } from '../support/client.js';
import { isReady } from '../chaos/scenario.js';
import { eventually } from '../support/npm-start.js';
import { describeWithTools, toolPath } from '../support/outside-tools.js';
import { startSystem, type RunningSystem } from '../support/system.js';
import { Collector, kindNames, linesOf, type CollectedSpan } from './collector.js';
import { namesOf, readExposition, type Metric } from './exposition.js';
import { dashboardQueries, ruleQueries } from './monitoring-files.js';
import { startRealCollector, type RealCollector } from './real-collector.js';
import { readQuery } from './promql.js';

const processes = serviceNames;

let collector: Collector;
/** Where `npm run tools` has installed one, all traces go through a real collector. */
let between: RealCollector | null = null;
let system: RunningSystem;
let anyone: ApiClient;
/** Two keys of one organization: the gateway has met the first, and not the other. */
let organizer: ApiClient;
let stranger: ApiClient;
let stop: Answer['body'];

beforeAll(async () => {
  collector = await Collector.start();
  between = await startRealCollector(collector.endpoint);
  system = await startSystem({
    logLevel: 'debug',
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: between?.endpoint ?? collector.endpoint,
      OTEL_BSP_SCHEDULE_DELAY: '200',
    },
  });
  ApiClient.isPatient = true;
  anyone = new ApiClient(system.url);
  stranger = anyone.with(system.organizerKey);
  const made = { role: 'organizer', organizationId: await firstOrganization(), label: 'made' };
  const { apiKey } = await must(anyone.with(system.adminKey).post('/v1/api-keys', made));
  organizer = anyone.with(apiKey);
  // A running gateway receives events of new keys; one that has just started knows none.
  await system.halt('gateway');
  system.resume('gateway');
  await eventually('the gateway', () => isReady(system.url), 120_000);
  const tour = await must(organizer.post('/v1/tours', { name: { zh: '示例巡回' } }));
  stop = await must(organizer.post(`/v1/tours/${tour.id}/stops`, aStop({ capacity: 100 })));
}, 300_000);

afterAll(async () => {
  await system?.stop();
  await between?.stop();
  collector?.stop();
});

async function firstOrganization(): Promise<string> {
  const client = new pg.Client({ connectionString: system.databaseUrl('accounts') });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('SELECT id FROM organizations');
  await client.end();
  return rows[0]?.id ?? '';
}

/** A caller's own trace, as a browser or another system would begin it. */
function newTrace() {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  return {
    traceId,
    spanId,
    headers: { traceparent: `00-${traceId}-${spanId}-01`, 'x-request-id': `request-${spanId}` },
  };
}

/** The spans of a trace, once there are spans that answer to all of these. */
async function arrived(
  traceId: string,
  ...wanted: ((span: CollectedSpan) => boolean)[]
): Promise<CollectedSpan[]> {
  const spans = () => collector.ofTrace(traceId);
  const seen = () => JSON.stringify(spans().map(({ service, name }) => `${service}: ${name}`));
  // A collector that was not answered in time tries again only seconds later.
  await eventually('the spans', () => wanted.every((one) => spans().some(one)), 120_000, seen);
  return spans();
}

const isKind = (kind: keyof typeof kindNames, service: string) => (span: CollectedSpan) =>
  span.service === service && span.kind === kindNames[kind];

describe('a trace', () => {
  it('goes through all services of the API: request, answer, statements, outbox, stream and consumers', async () => {
    const trace = newTrace();
    const answer = await stranger.post(`/v1/stops/${stop.id}/publish`, undefined, trace.headers);
    expect(answer.status).toBe(200);
    const published = 'gateway server POST /v1/stops/{id}/publish';
    const changed = `${published} > gateway client rpc.stops.publish-stop.v1 > stops server rpc.stops.publish-stop.v1`;
    const steps = [
      published,
      `${published} > gateway client rpc.accounts.authenticate-keys.v1 > accounts server rpc.accounts.authenticate-keys.v1 > accounts client SELECT accounts`,
      `${changed} > stops client START stops`,
      `${changed} > stops client INSERT stops`,
      `${changed} > stops client COMMIT stops`,
      `${changed} > stops producer send evt.stops.stop-changed.v1`,
      `${changed} > registrations consumer process evt.stops.stop-changed.v1`,
      `${changed} > sessions consumer process evt.stops.stop-changed.v1`,
      `${changed} > sessions consumer process evt.stops.stop-changed.v1 > sessions client INSERT sessions`,
    ];
    // Each service sends its spans at times of its own.
    await soon(() => {
      const spans = collector.ofTrace(trace.traceId);
      const services = new Set(spans.map(({ service }) => service));
      expect([...services].toSorted()).toEqual(brokerServiceNames.toSorted());
      const statements = spans.map(({ attributes }) => String(attributes['db.query.text']));
      expect(statements.some((text) => text.includes('INSERT INTO outbox '))).toBe(true);
      expect(linesOf(spans, trace.spanId)).toEqual(expect.arrayContaining(steps));
    });
  });

  it('of each order leads to the batch that decided it', async () => {
    const companies = await Promise.all(Array.from({ length: 12 }, () => signUpCompany(anyone)));
    const traces = companies.map(() => newTrace());
    const answers = await Promise.all(
      companies.map(({ api }, index) =>
        api.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(1) }, traces[index]?.headers),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const isDecision = ({ name }: CollectedSpan) => name === 'decide seats';
    const decisions = await Promise.all(
      traces.map(async ({ traceId }) => (await arrived(traceId, isDecision)).find(isDecision)),
    );
    const shared = decisions.filter((span) => Number(span?.attributes['waystop.batch_orders']) > 1);
    expect(shared.length).toBeGreaterThan(1);
    for (const span of shared) {
      const others = decisions.filter((other) =>
        span?.links.some(
          ({ traceId, spanId }) =>
            other?.traceId === traceId && [other.spanId, other.parentSpanId].includes(spanId),
        ),
      );
      expect(others.length).toBeGreaterThan(0);
    }
    // The one that holds the statements names all others.
    const widest = Math.max(...shared.map((span) => span?.links.length ?? 0));
    expect(widest + 1).toBe(
      Math.max(...shared.map((span) => Number(span?.attributes['waystop.batch_orders']))),
    );
  });

  it('counts a refusal as an answer, and says which', async () => {
    const trace = newTrace();
    const refused = await organizer.post(`/v1/stops/${stop.id}/publish`, undefined, trace.headers);
    expect(refused.status).toBe(409);
    const spans = await arrived(trace.traceId, isKind('server', 'gateway'), isKind('server', 'stops'));
    expect(spans.filter(({ status }) => status === 2)).toEqual([]);
    const asked = spans.find(isKind('server', 'stops'));
    expect(asked?.attributes).toMatchObject({
      'error.type': 'stop.invalid_transition',
      'waystop.request_id': trace.headers['x-request-id'],
    });
    const edge = spans.find(isKind('server', 'gateway'));
    expect(edge?.attributes).toMatchObject({
      'http.route': '/v1/stops/{id}/publish',
      'http.response.status_code': 409,
    });
  });

  it('begins at the edge alone, and tells nothing of people', () => {
    const roots = collector.spans.filter(({ parentSpanId }) => parentSpanId === '');
    expect(roots.length).toBeGreaterThan(0);
    expect(roots.filter((span) => !isKind('server', 'gateway')(span))).toEqual([]);
    const text = JSON.stringify(collector.spans);
    for (const word of ['示例', '@example.com', '13800138000', system.organizerKey])
      expect(text).not.toContain(word);
  });
});

describe('a log line', () => {
  it('of each service on the way names the request and its trace, and says nothing of people', async () => {
    const trace = newTrace();
    await must(organizer.get(`/v1/stops/${stop.id}`, trace.headers));
    const about = (name: string) =>
      linesOfLog(name).filter(({ requestId }) => requestId === trace.headers['x-request-id']);
    for (const name of ['gateway', 'stops']) {
      await eventually(`a line of ${name}`, () => about(name).length > 0);
      expect(about(name)).toEqual([
        expect.objectContaining({
          service: name,
          traceId: trace.traceId,
          msg: 'answered',
          seconds: expect.any(Number),
        }),
      ]);
    }
    const all = processes.map((name) => readFileSync(logOf(name), 'utf8')).join('');
    for (const word of ['示例', '@example.com', '13800138000', system.organizerKey])
      expect(all).not.toContain(word);
  });
});

const logOf = (name: string) => join(system.dataDir, 'logs', `${name}.log`);

/** Lines that are no JSON come from the supervisor, not from the service. */
function linesOfLog(name: string): Record<string, unknown>[] {
  return readFileSync(logOf(name), 'utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []));
}

describe('metrics', () => {
  const scraped = new Map<string, Map<string, Metric>>();
  const all = () => [...scraped.values()].flatMap((metrics) => [...metrics]);
  const scrape = async () => {
    for (const name of processes) {
      const text = await (await fetch(`${system.healthUrl(name)}/metrics`)).text();
      scraped.set(name, readExposition(text));
    }
  };
  /** Series by the name under which queries find them. */
  const seriesOf = (name: string) =>
    all()
      .flatMap(([, metric]) => metric.series)
      .filter((one) => one.name === name);
  const valueOf = (name: string, labels: Record<string, string>) =>
    seriesOf(name).find((one) =>
      Object.entries(labels).every(([label, value]) => one.labels[label] === value),
    )?.value;

  beforeAll(async () => {
    // An event that no handler can read, so that failures and dead letters have figures, too.
    const broker = await Broker.connect({ url: system.natsUrl, name: 'operator', nkeySeed: system.natsSeed });
    await broker.jetStream.publish('evt.stops.stop-changed.v1', 'no event');
    await broker.drain();
    expect((await fetch(`${system.url}/stops/${stop.id}`)).status).toBe(200);
    const isShown = async () => {
      await scrape();
      const waits = ['registrations', 'sessions'].map((app) =>
        valueOf('waystop_dead_letters_waiting', { app }),
      );
      const confirmed = valueOf('waystop_seats', { stop_status: 'published', state: 'confirmed' });
      return waits.every((letters) => letters === 1) && confirmed === 12;
    };
    await eventually('the figures', isShown);
  });

  describeWithTools(['promtool'], "and Prometheus' own parser", () => {
    it('can be read, and have nothing that it complains about', async () => {
      for (const name of processes) {
        const input = await (await fetch(`${system.healthUrl(name)}/metrics`)).text();
        const { status, stderr } = spawnSync(toolPath('promtool'), ['check', 'metrics'], {
          input,
          encoding: 'utf8',
        });
        // 1 stands for a text that it can't read, 3 for metrics that it would name in another way.
        expect([0, 3]).toContain(status);
        expect(stderr.split('\n').filter((line) => line.startsWith('waystop_'))).toEqual([]);
      }
    });
  });

  it('keep to the conventions: one prefix, base units, counters that say total, a help text, the name of the process', () => {
    const ours = all().filter(([name]) => !/^(nodejs|process)_/.test(name));
    const wrong = ours.filter(([name, { type, help, series }]) => {
      const suffix = { counter: /_total$/, histogram: /_(seconds|orders)$/, gauge: /(?<!_total)$/ }[type];
      const named = series.every(({ labels }) =>
        (processes as readonly string[]).includes(labels['app'] ?? ''),
      );
      return !name.startsWith('waystop_') || suffix?.test(name) !== true || help.length < 10 || !named;
    });
    expect(wrong.map(([name]) => name)).toEqual([]);
    // In OpenMetrics a counter and a gauge must not differ by `_total` alone.
    const names = new Set(ours.map(([name]) => name));
    expect([...names].filter((name) => names.has(`${name}_total`))).toEqual([]);
  });

  it('have labels of few values: no ids, no paths, no words of callers', () => {
    const values = all().flatMap(([, { series }]) => series.flatMap(({ labels }) => Object.values(labels)));
    expect(values.filter((value) => /[0-9a-f]{8}-[0-9a-f]{4}/.test(value))).toEqual([]);
    for (const [name, metrics] of scraped) {
      const count = [...metrics.values()].reduce((sum, { series }) => sum + series.length, 0);
      expect({ name, isBounded: count < 3_000 }).toEqual({ name, isBounded: true });
    }
  });

  it('count each route with its answers, also what is answered from memory or refused', async () => {
    const labels = { method: 'GET', route: '/v1/stops/{id}', status: '200', app: 'gateway' };
    const name = 'waystop_http_request_duration_seconds_count';
    const before = valueOf(name, labels) ?? 0;
    for (let reads = 0; reads < 5; reads += 1) await must(anyone.get(`/v1/stops/${stop.id}`));
    await anyone.get('/v1/nothing/here');
    await scrape();
    expect(valueOf(name, labels)).toBe(before + 5);
    expect(valueOf(name, { method: 'GET', route: 'none', status: '404' })).toBeGreaterThan(0);
    expect(valueOf(name, { route: '/v1/stops/{id}/publish', status: '409' })).toBe(1);
  });

  it.each([
    [
      'requests by subject and code',
      'waystop_request_duration_seconds_count',
      { subject: 'rpc.stops.publish-stop.v1', code: 'ok' },
    ],
    [
      'refusals by subject',
      'waystop_request_duration_seconds_count',
      { subject: 'rpc.stops.publish-stop.v1', code: 'stop.invalid_transition' },
    ],
    [
      'events by subject',
      'waystop_event_lag_seconds_count',
      { subject: 'evt.stops.stop-changed.v1', app: 'sessions' },
    ],
    [
      'failed deliveries',
      'waystop_event_failures_total',
      { subject: 'evt.stops.stop-changed.v1', app: 'registrations' },
    ],
    ['dead letters', 'waystop_dead_letters_total', { subject: 'evt.stops.stop-changed.v1', app: 'sessions' }],
    ['the size of batches', 'waystop_seat_batch_orders_count', { app: 'registrations' }],
    ['the pool', 'waystop_database_connections', { state: 'idle', app: 'stops' }],
    ['the event loop', 'nodejs_eventloop_lag_p99_seconds', { app: 'gateway' }],
  ])('show %s', (_what, name, labels) => {
    expect(valueOf(name, labels)).toBeGreaterThan(0);
  });

  it.each([
    ['the outbox by age', 'waystop_outbox_oldest_age_seconds', { app: 'stops' }],
    ['the outbox by depth', 'waystop_outbox_waiting_events', { app: 'registrations' }],
    ['the lag of each consumer', 'waystop_consumer_lag_seconds', { consumer: 'registrations-stops' }],
    ['seats that wait', 'waystop_seats', { stop_status: 'published', state: 'waitlisted' }],
  ])('show %s', (_what, name, labels) => {
    expect(valueOf(name, labels)).toBeGreaterThanOrEqual(0);
  });

  /** The labels that Prometheus itself gives to what it scrapes from pods. */
  const given = ['namespace', 'pod', 'job', 'instance', 'le'];

  it.each([...dashboardQueries, ...ruleQueries])('have what %s asks for: %s', (_asker, expression) => {
    const { selectors, grouping } = readQuery(expression);
    const known = new Set(all().flatMap(([name, metric]) => namesOf(name, metric)));
    const asked = selectors.filter(({ metric }) => !metric.startsWith('waystop:'));
    expect(asked.map(({ metric }) => metric).filter((metric) => !known.has(metric))).toEqual([]);
    for (const { metric, matchers } of asked) {
      const series = seriesOf(metric);
      const labels = new Set(series.flatMap((one) => Object.keys(one.labels)).concat(given));
      expect(matchers.filter(({ label }) => !labels.has(label))).toEqual([]);
      expect(grouping.filter((label) => !labels.has(label))).toEqual([]);
      for (const { label, operator, value } of matchers.filter(
        (one) => !given.includes(one.label) && one.operator === '=',
      )) {
        expect({
          metric,
          label,
          operator,
          isSeen: series.some((one) => one.labels[label] === value),
        }).toMatchObject({ isSeen: true });
      }
    }
  });
});
