import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { ApiClient, must, signUpCompany } from '../../../support/client.js';
import { describeWithTools, toolPath } from '../../../support/outside-tools.js';
import { sharedSystem, type SharedSystem } from '../../../support/shared-system.js';

/** For each caller. */
const seconds = Number(process.env['SCHEMATHESIS_SECONDS'] ?? 420);

// Two of its checks are left out: it takes 412 for an acceptance, and rules between members for contradictions of the document.
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];

describeWithTools(['schemathesis'], 'the served OpenAPI document, tried by Schemathesis', () => {
  let system: SharedSystem;
  let companyKey: string;
  beforeAll(async () => {
    system = await sharedSystem();
    const company = await signUpCompany(new ApiClient(system.url));
    companyKey = (await must(company.api.post('/v1/api-keys', { label: 'outside fuzz' }))).apiKey;
  }, 60_000);

  it.each([
    ['an organizer', () => system.organizerKey],
    ['a company', () => companyKey],
    ['nobody', () => undefined],
  ])(
    'names every answer that %s gets, and no request breaks the server',
    async (_caller, keyOf) => {
      const key = keyOf();
      const { code, output } = await run([
        'run',
        `${system.url}/openapi.json`,
        ...(key === undefined ? [] : ['--header', `Authorization: Bearer ${key}`]),
        '--mode=all',
        '--continue-on-failure',
        `--checks=${checks.join(',')}`,
        `--max-time=${seconds}`,
        '--request-timeout=30',
      ]);
      if (code !== 0) throw new Error(output);
      expect(output).toMatch(/\d+ generated/);
    },
    (seconds + 120) * 1_000,
  );
});

/** In a folder of its own, since it keeps what it finds beside it. */
async function run(words: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(toolPath('schemathesis'), words, {
    cwd: mkdtempSync(join(tmpdir(), 'waystop-schemathesis-')),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => {
      output += piece.toString();
    });
  await once(child, 'close');
  return { code: child.exitCode, output };
}
