import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { freePort } from '../../tools/dev/system/ports.js';
import { findTool } from '../../tools/outside/find.js';

const READY_WITHIN_MS = 30_000;

export interface RealCollector {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

/** An OpenTelemetry collector that hands all traces on; null while `npm run tools` has not installed one. */
export async function startRealCollector(forwardTo: string): Promise<RealCollector | null> {
  const program = findTool('otelcol');
  if (program === undefined) return null;
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'waystop-otelcol-'));
  const config = join(folder, 'config.yaml');
  writeFileSync(config, stringify(configuration(port, forwardTo)));
  const child = spawn(program, ['--config', `file:${config}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await takesTraces(endpoint))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`The collector does not start: ${said}`);
    await sleep(100);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  };
  return { endpoint, stop };
}

function configuration(port: number, forwardTo: string): object {
  return {
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
    exporters: { otlphttp: { endpoint: forwardTo, encoding: 'json', compression: 'none' } },
    service: {
      telemetry: { metrics: { level: 'none' } },
      pipelines: { traces: { receivers: ['otlp'], exporters: ['otlphttp'] } },
    },
  };
}

async function takesTraces(endpoint: string): Promise<boolean> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"resourceSpans":[]}',
  };
  return fetch(`${endpoint}/v1/traces`, request).then(
    (response) => response.ok,
    () => false,
  );
}
