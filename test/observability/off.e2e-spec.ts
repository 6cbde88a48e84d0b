import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../tools/dev/system/project-root.js';

/** The packages of OpenTelemetry that a process has loaded once it has run this. */
function loadedAfter(code: string): string[] {
  const script = `
    const { registerHooks } = await import('node:module');
    const names = new Set();
    registerHooks({
      load(url, context, next) {
        const name = /node_modules\\/@opentelemetry\\/([^/]+)/.exec(url)?.[1];
        if (name !== undefined) names.add(name);
        return next(url, context);
      },
    });
    ${code}
    process.stdout.write(JSON.stringify([...names]));
    process.exit(0);`;
  const args = ['--import', './tools/dev/typescript.js', '--input-type=module', '--eval', script];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8' })) as string[];
}

describe('a process without a collector', () => {
  it('loads nothing of OpenTelemetry but its API, which prom-client loads, too', () => {
    const start = `
      const { startProcessTracing } = await import('./libs/service/src/index.ts');
      await startProcessTracing('stops', {}, console);`;
    expect(loadedAfter(start)).toEqual(['api']);
  });

  it('would be seen if it loaded more: with a collector it does', () => {
    const start = `
      const { startTracing } = await import('./libs/tracing/src/index.ts');
      await startTracing({ service: 'stops', endpoint: 'http://127.0.0.1:9', onTrouble: console.error });`;
    expect(loadedAfter(start)).toEqual(
      expect.arrayContaining(['sdk-trace', 'exporter-trace-otlp-http', 'context-async-hooks']),
    );
  });
});
