import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { alerts, dashboard, dashboardQueries, ruleQueries, rules } from './monitoring-files.js';
import { readQuery } from './promql.js';

/** What somebody reads at three in the morning, in this order. */
const headings = ['What it means', 'What users notice', 'How to look', 'What to do'];

describe('alerts', () => {
  it.each(ruleQueries)('%s is PromQL', (_name, expression) => {
    expect(readQuery(expression)).toMatchObject({ isBroken: false });
    expect(readQuery(expression).selectors.length).toBeGreaterThan(0);
  });

  it.each(alerts.map((rule) => [rule.alert, rule] as const))(
    '%s wait, say how bad it is, and name a page that is there',
    (name, rule) => {
      expect(rule.for).toMatch(/^\d+[mh]$/);
      expect(rule.labels?.['severity']).toMatch(/^(critical|warning)$/);
      expect(rule.annotations).toMatchObject({
        summary: expect.any(String),
        description: expect.any(String),
      });
      expect(rule.annotations?.['runbook_url']).toBe(`docs/runbooks/${name}.md`);
      expect(existsSync(join(projectRoot, 'docs', 'runbooks', `${name}.md`))).toBe(true);
    },
  );

  it('look at the error budget over the windows of the SRE workbook', () => {
    const burns = alerts.filter(({ alert }) => alert === 'WaystopErrorBudgetBurn').map(({ expr }) => expr);
    const windows = [
      ['1h', '5m', '14.4'],
      ['6h', '30m', '6'],
      ['3d', '6h', '1'],
    ] as const;
    expect(burns).toEqual(
      windows.map(
        ([long, short, factor]) =>
          `waystop:http_errors:ratio_rate${long} > ${factor} * 0.001 and waystop:http_errors:ratio_rate${short} > ${factor} * 0.001`,
      ),
    );
  });

  it('rest on recorded figures that are recorded, over the window in their name', () => {
    const recorded = rules.filter(({ record }) => record !== undefined);
    for (const { record = '', expr } of recorded) {
      const window = /ratio_rate(\w+)$/.exec(record)?.[1] ?? 'none';
      expect([...expr.matchAll(/\[(\w+)\]/g)].map((match) => match[1])).toEqual([window, window]);
    }
    const asked = alerts.flatMap(({ expr }) => readQuery(expr).selectors.map(({ metric }) => metric));
    const names = new Set(recorded.map(({ record }) => record));
    expect(asked.filter((metric) => metric.includes(':') && !names.has(metric))).toEqual([]);
  });
});

const pages = readdirSync(join(projectRoot, 'docs', 'runbooks'));

describe('runbooks', () => {
  it('are there for alerts and nothing else', () => {
    const named = new Set(alerts.map(({ alert }) => `${alert}.md`));
    expect(pages.toSorted()).toEqual([...named].toSorted());
  });

  it.each(pages)('%s says what it means, what users notice, how to look and what to do', (page) => {
    const text = readFileSync(join(projectRoot, 'docs', 'runbooks', page), 'utf8');
    expect([...text.matchAll(/^## (.*)$/gm)].map((match) => match[1])).toEqual(headings);
    expect(text.startsWith(`# ${page.replace('.md', '')}\n`)).toBe(true);
  });
});

describe('the dashboard', () => {
  it.each(dashboardQueries)('asks in PromQL: %s', (_title, expression) => {
    expect(readQuery(expression)).toMatchObject({ isBroken: false });
  });

  it('says of every panel what it shows', () => {
    const shown = dashboard.panels.filter(({ type }) => type !== 'row');
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.filter(({ description, targets }) => !description || !targets?.length)).toEqual([]);
  });
});

describe('a broken expression', () => {
  it.each(['sum(', 'rate(waystop_seats{state="})', 'sum by () rate(x[5m]'])('is seen: %s', (expression) => {
    expect(readQuery(expression).isBroken).toBe(true);
  });
});
