import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { validate } from 'dockerfile-utils';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { commands } from '../../tools/container/commands.js';
import { dockerRules, stagesOf } from './dockerfile.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const dockerfile = read('Dockerfile');
const { version } = JSON.parse(read('package.json')) as { version: string };

describe('the Dockerfile', () => {
  const stages = stagesOf(dockerfile);
  const final = stages.at(-1)?.steps ?? [];

  it('satisfies the linter', () => {
    expect(validate(dockerfile).map((problem) => problem.message)).toEqual([]);
  });

  it.each(dockerRules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
    expect(rule.isGood(stages)).toBe(true);
  });

  it('copies only what is there and what .dockerignore lets through', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    const copied = stages
      .flatMap((stage) => stage.steps)
      .filter(({ word, text }) => word === 'COPY' && !text.startsWith('--from='))
      .flatMap(({ text }) => text.split(/\s+/).slice(0, -1));
    expect(copied.filter((file) => !allowed.includes(file) || !existsSync(join(projectRoot, file)))).toEqual(
      [],
    );
    expect(allowed.filter((file) => !copied.includes(file))).toEqual([]);
  });

  it('keeps tests, secrets and the history out', () => {
    const lines = read('.dockerignore').split('\n');
    expect(lines).toContain('*');
    expect(lines).toContain('**/*.spec.ts');
  });

  it('bears the version of package.json', () => {
    expect(final).toContainEqual({ word: 'ARG', text: `VERSION=${version}` });
  });

  it('starts an entry that exists, with a health check that the entry knows', () => {
    const entry =
      /"dist\/([^"]+)\.js"/.exec(final.find((step) => step.word === 'ENTRYPOINT')?.text ?? '')?.[1] ?? '';
    expect(existsSync(join(projectRoot, `${entry}.ts`))).toBe(true);
    expect(final.find((step) => step.word === 'HEALTHCHECK')?.text).toContain(`dist/${entry}.js`);
    expect(commands).toHaveProperty('health');
  });
});

describe('a broken Dockerfile', () => {
  const breakages: [string, string | RegExp, string][] = [
    ['node-24-pinned', 'node:24.21.0-bookworm-slim', 'node:latest'],
    ['not-root', 'USER 10001:10001', 'USER root'],
    [
      'signals-reach-node',
      'ENTRYPOINT ["node", "--enable-source-maps", "--max-semi-space-size=32", "dist/tools/container/entry.js"]',
      'ENTRYPOINT node dist/tools/container/entry.js',
    ],
    ['health', /HEALTHCHECK[^\n]*\n[^\n]*\n/, 'HEALTHCHECK NONE\n'],
    ['labels', 'org.opencontainers.image.revision', 'revision'],
    ['nothing-is-built-in-it', 'USER 10001', 'RUN apt-get install -y curl\nUSER 10001'],
    ['no-build-tools', '/usr/local/bin/npm ', ' '],
    ['no-install-scripts', '--omit=optional --ignore-scripts', '--omit=optional'],
    ['no-secrets', 'ENV NODE_ENV=production', 'ENV ADMIN_KEY=x NODE_ENV=production'],
  ];

  it.each(breakages)('fails exactly the rule %s', (id, before, after) => {
    const stages = stagesOf(dockerfile.replace(before, after));
    expect(dockerRules.filter((rule) => !rule.isGood(stages)).map((rule) => rule.id)).toEqual([id]);
  });
});
