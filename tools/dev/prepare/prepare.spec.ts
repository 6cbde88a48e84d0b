import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from '../system/project-root.js';
import { withLock } from './lock.js';
import { agree, isLinked, missingOptionals, type LockedPackages } from './packages.js';
import { sourcesStamp } from './sources.js';

const buildFiles = [
  'package.json',
  'package-lock.json',
  'nest-cli.json',
  'rspack.config.js',
  'tsconfig.json',
  'tsconfig.build.json',
  'apps/a/src/main.ts',
];
let root = '';
const write = (path: string, text = ''): string => {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'waystop-prepare-'));
  for (const file of buildFiles) write(file);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the stamp of the sources', () => {
  it('stays while nothing changes, whatever is written beside the sources', () => {
    const before = sourcesStamp(root);
    write('dist/apps/a/main.js', 'built');
    write('apps/a/src/main.spec.ts', 'a test');
    write('test/support/system.ts', 'a test');
    write('apps/a/README.md', 'words');
    expect(sourcesStamp(root)).toBe(before);
  });

  it.each([
    ['a longer file', () => write('apps/a/src/main.ts', 'more')],
    ['a later time', () => utimesSync(join(root, 'apps/a/src/main.ts'), 1, 1)],
    ['a new file', () => write('libs/b/src/index.ts')],
    ['a file that went', () => rmSync(join(root, 'apps/a/src/main.ts'))],
    ['other compiler options', () => write('tsconfig.json', '{}')],
  ])('changes with %s', (_, change) => {
    const before = sourcesStamp(root);
    change();
    expect(sourcesStamp(root)).not.toBe(before);
  });
});

describe('what is installed', () => {
  const wanted: LockedPackages = {
    '': {},
    'node_modules/a': { version: '1.0.0', integrity: 'x' },
    'node_modules/b': { version: '1.0.0', optional: true },
  };
  const a = { version: '1.0.0', integrity: 'x' };

  it.each<[string, boolean, LockedPackages]>([
    ['all of it', true, { 'node_modules/a': a, 'node_modules/b': { version: '1.0.0' } }],
    ['all but what is for other platforms', true, { 'node_modules/a': a }],
    ['another version', false, { 'node_modules/a': { ...a, version: '1.0.1' } }],
    ['other contents', false, { 'node_modules/a': { ...a, integrity: 'y' } }],
    ['one missing', false, {}],
    ['one too many', false, { 'node_modules/a': a, 'node_modules/c': a }],
  ])('with %s agrees with the lockfile: %s', (_, agrees, installed) => {
    expect(agree(wanted, installed)).toBe(agrees);
  });

  it('is known for a link, whether it leads anywhere or not', () => {
    expect(isLinked(root)).toBe(false);
    symlinkSync(join(root, 'elsewhere'), join(root, 'node_modules'));
    expect(isLinked(root)).toBe(true);
    mkdirSync(join(root, 'elsewhere'));
    expect(isLinked(root)).toBe(true);
    rmSync(join(root, 'node_modules'));
    mkdirSync(join(root, 'node_modules'));
    expect(isLinked(root)).toBe(false);
  });

  it('is left alone by a start that finds other packages behind a link', () => {
    const before = write('elsewhere/node_modules/mine.txt', 'mine');
    const clone = join(root, 'clone');
    cpSync(join(projectRoot, 'tools'), join(clone, 'tools'), { recursive: true });
    for (const file of ['package.json', 'package-lock.json'])
      copyFileSync(join(projectRoot, file), join(clone, file));
    symlinkSync(join(root, 'elsewhere', 'node_modules'), join(clone, 'node_modules'));
    const { status, stderr } = spawnSync(process.execPath, [join(clone, 'tools', 'run.js'), 'start'], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining('node_modules is a link')]);
    expect(readFileSync(before, 'utf8')).toBe('mine');
  });

  it('can be installed from our lockfile on every platform', () => {
    const lock: unknown = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8'));
    // If this fails after a change of the dependencies: npm run complete-lock.
    expect(missingOptionals((lock as { packages: LockedPackages }).packages)).toEqual({});
  });

  it('is completed with the packages of other platforms, which their names tell', () => {
    const asks = { 'x-linux-arm64-musl': '1.2.3', 'x-darwin-x64': '1.2.3', 'x-win32-ia32-msvc': '1.2.3' };
    expect(missingOptionals({ 'node_modules/x': { dev: true, optionalDependencies: asks } })).toEqual({
      'node_modules/x-linux-arm64-musl': {
        version: '1.2.3',
        cpu: ['arm64'],
        os: ['linux'],
        libc: ['musl'],
        dev: true,
        optional: true,
      },
      'node_modules/x-darwin-x64': {
        version: '1.2.3',
        cpu: ['x64'],
        os: ['darwin'],
        dev: true,
        optional: true,
      },
      'node_modules/x-win32-ia32-msvc': {
        version: '1.2.3',
        cpu: ['ia32'],
        os: ['win32'],
        dev: true,
        optional: true,
      },
    });
  });
});

describe('the lock around installing and building', () => {
  it('is held during the work and given up after it, also when the work fails', () => {
    const file = join(root, 'dist', '.lock');
    expect(withLock(file, () => readFileSync(file, 'utf8'))).toBe(String(process.pid));
    expect(() => withLock(file, () => { throw new Error('no'); })).toThrow('no'); // prettier-ignore
    expect(existsSync(file)).toBe(false);
  });

  it('is taken over from a process that is gone', () => {
    const file = write('dist/.lock', '999999999');
    expect(withLock(file, () => 'done')).toBe('done');
  });
});
