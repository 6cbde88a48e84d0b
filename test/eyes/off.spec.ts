import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../scripts/system/project-root.js';

/** The packages of OpenTelemetry that a process has loaded after its start, with or without a collector. */
function loaded(endpoint: string | null): string[] {
  const script = `
    const { createRequire } = await import('node:module');
    const { startProcessTracing } = await import('./dist/libs/service/src/index.js');
    const config = { OTEL_EXPORTER_OTLP_ENDPOINT: ${JSON.stringify(endpoint)} ?? undefined };
    await startProcessTracing('stops', config, console);
    const files = Object.keys(createRequire(process.cwd() + '/').cache);
    const names = files.flatMap((file) => /@opentelemetry\\/([^/]+)/.exec(file)?.[1] ?? []);
    process.stdout.write(JSON.stringify([...new Set(names)]));
    process.exit(0);`;
  const args = ['--input-type=module', '--eval', script];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8' })) as string[];
}

describe('a process without a collector', () => {
  it('loads nothing of OpenTelemetry but its API, which prom-client loads, too', () => {
    expect(loaded(null)).toEqual(['api']);
  });

  it('would be seen if it loaded more: with a collector it does', () => {
    expect(loaded('http://127.0.0.1:9')).toEqual(
      expect.arrayContaining(['sdk-trace-base', 'exporter-trace-otlp-http', 'context-async-hooks']),
    );
  });
});
