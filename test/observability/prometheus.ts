import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { freePort } from '../../tools/dev/system/ports.js';
import { toolPath } from '../support/outside-tools.js';
import { ruleGroups } from './monitoring-files.js';

interface QueryResult {
  status: string;
  error?: string;
  data?: { result: { metric: Record<string, string>; value: [number, string] }[] };
}

/** A Prometheus that scrapes processes each second and evaluates the rules of k8s/components/monitoring. */
export class Prometheus {
  private constructor(
    private readonly url: string,
    readonly stop: () => void,
  ) {}

  /** @param targets the addresses of processes, `host:port` by their names */
  static async start(targets: ReadonlyMap<string, string>): Promise<Prometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'waystop-prometheus-'));
    const port = await freePort();
    writeFileSync(join(folder, 'rules.json'), JSON.stringify({ groups: ruleGroups }));
    writeFileSync(join(folder, 'prometheus.yml'), stringify(configuration(targets)));
    const child = spawn(
      toolPath('prometheus'),
      [
        '--config.file=prometheus.yml',
        '--storage.tsdb.path=data',
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=error',
      ],
      { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const stop = () => {
      child.once('exit', () => rmSync(folder, { recursive: true, force: true }));
      child.kill();
    };
    const started = new Prometheus(`http://127.0.0.1:${port}`, stop);
    await started.untilReady();
    return started;
  }

  /** @throws when Prometheus refuses the expression */
  async query(expression: string): Promise<{ metric: Record<string, string>; value: number }[]> {
    const response = await fetch(
      `${this.url}/api/v1/query?${new URLSearchParams({ query: expression }).toString()}`,
    );
    const { status, error, data } = (await response.json()) as QueryResult;
    if (status !== 'success' || data === undefined) throw new Error(`${expression}: ${error}`);
    return data.result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
  }

  private async untilReady(): Promise<void> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const ready = await fetch(`${this.url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return;
      if (Date.now() > deadline) throw new Error('Prometheus does not start.');
      await sleep(200);
    }
  }
}

function configuration(targets: ReadonlyMap<string, string>): object {
  const pods = [...targets].map(([pod, address]) => ({
    targets: [address],
    labels: { namespace: 'waystop', pod },
  }));
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: ['rules.json'],
    scrape_configs: [{ job_name: 'waystop', static_configs: pods }],
  };
}
