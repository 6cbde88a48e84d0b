import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { serviceNames } from '#contracts';
import { ApiClient, aStop, delegates, must, signUpCompany } from '../support/client.js';
import { eventually } from '../support/npm-start.js';
import { describeWithTools } from '../support/outside-tools.js';
import { startSystem, type RunningSystem } from '../support/system.js';
import { dashboardQueries, ruleQueries } from './monitoring-files.js';
import { Prometheus } from './prometheus.js';

/** What a healthy system has no figures of. */
const ofFailures = /fail|dead letter|refus|restart|5\.\./i;

describeWithTools(['prometheus'], 'a Prometheus that scrapes the running system', () => {
  let system: RunningSystem;
  let prometheus: Prometheus;

  beforeAll(async () => {
    system = await startSystem();
    const targets = serviceNames.map((name) => [name, new URL(system.healthUrl(name)).host] as const);
    prometheus = await Prometheus.start(new Map(targets));
    await someTraffic();
    await eventually('two scrapes of all processes', async () => {
      const scraped = await prometheus.query('count_over_time(up[30s]) > 2');
      return scraped.length === serviceNames.length;
    });
    await someTraffic();
    await eventually('a rate', async () => {
      const [rate] = await prometheus.query('sum(rate(waystop_http_request_duration_seconds_count[1m]))');
      return (rate?.value ?? 0) > 0;
    });
  }, 300_000);

  afterAll(async () => {
    prometheus?.stop();
    await system?.stop();
  });

  async function someTraffic(): Promise<void> {
    const anyone = new ApiClient(system.url);
    const organizer = anyone.with(system.organizerKey);
    const tour = await must(organizer.post('/v1/tours', { name: { zh: '示例巡回' } }));
    const stop = await must(organizer.post(`/v1/tours/${tour.id}/stops`, aStop({ capacity: 100 })));
    await must(organizer.post(`/v1/stops/${stop.id}/publish`));
    const { api: company } = await signUpCompany(anyone);
    await must(company.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(2) }));
    for (let reads = 0; reads < 20; reads += 1) await must(anyone.get(`/v1/stops/${stop.id}/availability`));
  }

  it('gets figures from every process', async () => {
    const up = await prometheus.query('up');
    const byPod = Object.fromEntries(up.map(({ metric, value }) => [metric['pod'], value]));
    expect(byPod).toEqual(Object.fromEntries(serviceNames.map((name) => [name, 1])));
  });

  it.each(dashboardQueries)('answers what %s of the dashboard asks: %s', async (title, expression) => {
    const text = expression.replaceAll('$__rate_interval', '1m').replaceAll('$namespace', '.*');
    const result = await prometheus.query(text);
    if (!ofFailures.test(`${title} ${expression}`)) expect(result.length).toBeGreaterThan(0);
    expect(result.filter(({ value }) => !Number.isFinite(value) && !Number.isNaN(value))).toEqual([]);
  });

  it.each(ruleQueries)('understands the rule %s: %s', async (_name, expression) => {
    await prometheus.query(expression);
  });

  it('raises no alert while all is well', async () => {
    expect(await prometheus.query('ALERTS{alertstate="firing"}')).toEqual([]);
  });
});
