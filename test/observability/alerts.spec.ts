import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { describeWithTools, toolPath } from '../support/outside-tools.js';
import { ruleGroups } from './monitoring-files.js';

/** A busy machine takes a while to start it. */
const withinMs = 60_000;

/** Plays the cases of alerts.promtool.yaml against these rules. */
function play(rules: object): { passed: boolean; told: string } {
  const folder = mkdtempSync(join(tmpdir(), 'waystop-alerts-'));
  try {
    const cases: unknown = parse(
      readFileSync(join(projectRoot, 'test', 'observability', 'alerts.promtool.yaml'), 'utf8'),
    );
    writeFileSync(join(folder, 'rules.json'), JSON.stringify(rules));
    writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases));
    const { status, stdout, stderr } = spawnSync(toolPath('promtool'), ['test', 'rules', 'cases.json'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { passed: status === 0, told: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describeWithTools(['promtool'], 'alerts', () => {
  it(
    'are raised when they should be, and not otherwise',
    () => {
      expect(play({ groups: ruleGroups })).toMatchObject({ passed: true });
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
