import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { projectRoot } from '../../dev/system/project-root.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const list = (folder: string, ending: string) =>
  readdirSync(join(projectRoot, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

const pages = [
  ...list('.', '.md'),
  ...list('docs', '.md'),
  ...list('docs/adr', '.md'),
  ...list('docs/runbooks', '.md'),
];

const testFiles = ['apps', 'libs', 'test', 'tools']
  .flatMap((folder) => readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }))
  .filter((path) => path.endsWith('spec.ts'))
  .map((path) => basename(path));

/** GitHub's anchors: lower case, without punctuation, hyphens for blanks. */
const anchorsOf = (page: string) =>
  [...page.matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );

describe('the documentation', () => {
  it.each(pages)('%s links to nothing that is not there', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
    const broken = links.filter(([, path = '', anchor]) => {
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(projectRoot, target))) return true;
      return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it.each(pages)('%s names only files that are there', (page) => {
    const paths = [...read(page).matchAll(/`((?:apps|libs|tools|test|docs|k8s)\/[\w./-]+)`/g)].map(
      (match) => match[1] ?? '',
    );
    const tests = [...read(page).matchAll(/`([\w.-]+spec\.ts)`/g)].map((match) => match[1] ?? '');
    expect(paths.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
    expect(tests.filter((name) => !testFiles.includes(name))).toEqual([]);
  });

  it.each(['README.md', 'README.zh-CN.md'])('%s has less than 120 lines', (page) => {
    expect(read(page).split('\n').length).toBeLessThan(121);
  });

  it('numbers the decisions without holes or doubles', () => {
    const numbers = list('docs/adr', '.md').map((path) => Number(basename(path).slice(0, 4)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
  });

  it.each(['README.md', 'README.zh-CN.md'])('%s names every app', (page) => {
    const apps = readdirSync(join(projectRoot, 'apps')).map((name) => `apps/${name}`);
    expect(apps.filter((app) => !read(page).includes(app))).toEqual([]);
  });

  it.each(pages)('%s names only commands that package.json has', (page) => {
    const named = [...read(page).matchAll(/npm run ([a-z][a-z:-]*)/g)].map((match) => match[1] ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('the workflows', () => {
  const workflows = list('.github/workflows', '.yml');

  it.each(workflows)('%s runs commands that package.json has', (file) => {
    const named = [...read(file).matchAll(/npm run (?:--silent )?([a-z][a-z:-]*)/g)].map(
      (match) => match[1] ?? '',
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it.each(workflows)('%s gives each job a time limit and no right to write that it does not need', (file) => {
    const workflow = parse(read(file)) as {
      permissions: object;
      jobs: Record<string, { 'timeout-minutes'?: number }>;
    };
    expect(workflow.permissions).toBeDefined();
    expect(Object.values(workflow.jobs).filter((job) => job['timeout-minutes'] === undefined)).toEqual([]);
  });

  it('the nightly one runs tests that exist', () => {
    const long = parse(read('.github/workflows/long.yml')) as {
      jobs: { long: { strategy: { matrix: { command: string[] } } } };
    };
    expect(long.jobs.long.strategy.matrix.command.filter((name) => !(name in scripts))).toEqual([]);
  });
});
