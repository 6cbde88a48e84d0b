import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { serviceNames } from '#contracts';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { describeWithTools, toolPath } from '../support/outside-tools.js';
import { ruleGroups } from './monitoring-files.js';

/** A busy machine takes a while to start it. */
const withinMs = 60_000;

/** Plays the cases of alerts.promtool.yaml against these rules. */
function play(rules: object): { passed: boolean; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'waystop-alerts-'));
  try {
    writeFileSync(join(folder, 'rules.json'), JSON.stringify(rules));
    writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases()));
    const { status, stdout, stderr } = spawnSync(toolPath('promtool'), ['test', 'rules', 'cases.json'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { passed: status === 0, output: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Cases {
  tests: { name: string; input_series: { series: string; values: string }[] }[];
}

/** The cases of the file. Where one service has vanished, all others answer. */
function cases(): Cases {
  const file = join(projectRoot, 'test', 'observability', 'alerts.promtool.yaml');
  const read = parse(readFileSync(file, 'utf8')) as Cases;
  const vanished = read.tests.find(({ name }) => name === 'one service has vanished')?.input_series ?? [];
  const others = serviceNames.filter((name) => !vanished.some(({ series }) => series.includes(`"${name}"`)));
  vanished.push(
    ...others.map((name) => ({ series: `process_start_time_seconds{app="${name}"}`, values: '1x10' })),
  );
  return read;
}

describeWithTools(['promtool'], 'alerts', () => {
  it(
    'are raised when they should be, and not otherwise',
    () => {
      const { passed, output } = play({ groups: ruleGroups });
      expect(passed ? '' : output).toBe('');
    },
    withinMs,
  );

  it.each([
    ['14.4 * 0.001', '44.4 * 0.001'],
    ['waystop:http_errors:ratio_rate5m >', 'waystop:http_errors:ratio_rate1h >'],
    ['status=~\\"5..\\"', 'status=~\\"[45]..\\"'],
    ['(waystop_outbox_oldest_age_seconds) > 60', '(waystop_outbox_oldest_age_seconds) > 600'],
    ['(waystop_consumer_lag_seconds) > 60', '(waystop_consumer_lag_seconds) > 50'],
    ['(waystop_dead_letters_waiting) > 0', '(waystop_dead_letters_waiting) > 1'],
    ['{app=\\"registrations\\"}', '{app=\\"registration\\"}'],
  ])(
    'are held to that: %s may not become %s',
    (right, wrong) => {
      const text = JSON.stringify({ groups: ruleGroups });
      expect(text).toContain(right);
      expect(play(JSON.parse(text.replaceAll(right, wrong)) as object)).toMatchObject({ passed: false });
    },
    withinMs,
  );
});
