import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../tools/dev/system/project-root.js';

export interface PrometheusRuleEntry {
  alert?: string;
  record?: string;
  expr: string;
  for?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

interface Panel {
  title: string;
  type: string;
  description?: string;
  targets?: { expr: string }[];
}

interface Dashboard {
  panels: Panel[];
  templating: { list: { name: string; query: string | { query: string } }[] };
}

const folder = join(projectRoot, 'k8s', 'components', 'monitoring');

export const ruleGroups: readonly { rules: PrometheusRuleEntry[] }[] = (
  parse(readFileSync(join(folder, 'alerts.yaml'), 'utf8')) as {
    spec: { groups: { rules: PrometheusRuleEntry[] }[] };
  }
).spec.groups;

export const rules: readonly PrometheusRuleEntry[] = ruleGroups.flatMap((group) => group.rules);

export const alerts = rules.filter((rule) => rule.alert !== undefined);

export const dashboard = JSON.parse(readFileSync(join(folder, 'dashboard.json'), 'utf8')) as Dashboard;

/** Every expression of the dashboard with the panel or variable that asks it. */
export const dashboardQueries: readonly [string, string][] = [
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }): [string, string] => [title, expr]),
  ),
  ...dashboard.templating.list.flatMap(({ name, query }): [string, string][] => {
    const text = typeof query === 'string' ? query : query.query;
    const selector = /^label_values\((.*), *\w+\)$/.exec(text)?.[1];
    return selector === undefined ? [] : [[name, selector]];
  }),
];

/** Every expression of the rules with the alert or the figure it is for. */
export const ruleQueries: readonly [string, string][] = rules.map(({ alert, record, expr }) => [
  alert ?? record ?? '',
  expr,
]);
