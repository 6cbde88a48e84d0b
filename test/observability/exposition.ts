export interface Metric {
  type: string;
  help: string;
  /** Each series with its labels and its value; those of a histogram under the names that queries use. */
  series: { name: string; labels: Record<string, string>; value: number }[];
}

/** Reads Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function readExposition(text: string): Map<string, Metric> {
  const metrics = new Map<string, Metric>();
  let current: Metric | undefined;
  for (const line of text.split('\n')) {
    const [, word, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (word === 'HELP') metrics.set(name, (current = { type: '', help: rest, series: [] }));
    else if (word === 'TYPE' && current !== undefined) current.type = rest;
    else if (line !== '' && current !== undefined) current.series.push(readSeries(line));
  }
  return metrics;
}

function readSeries(line: string): Metric['series'][number] {
  const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
  return {
    name,
    labels: Object.fromEntries(pairs.map(([, label = '', text = '']) => [label, text])),
    value: Number(value.replace('+Inf', 'Infinity')),
  };
}

/** The names under which queries find a metric. */
export function namesOf(name: string, { type }: Metric): string[] {
  if (type === 'histogram') return [`${name}_bucket`, `${name}_sum`, `${name}_count`];
  return type === 'summary' ? [name, `${name}_sum`, `${name}_count`] : [name];
}
