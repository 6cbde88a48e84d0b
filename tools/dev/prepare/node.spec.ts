import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { projectRoot } from '../system/project-root.js';

/** Another Node than the newest: it says its version, and else which command line it got. */
const otherNode = (version: string): string =>
  `#!/bin/sh\nif [ "$1" = --version ]; then echo ${version}; else echo "${version} runs \${1##*/} $2"; exit 7; fi\n`;

/** Installs what the lockfile beside it names, as npm does, with that Node as the binary. */
const fakeNpm = `import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
for (const [path, { integrity }] of Object.entries(packages)) {
  if (path === '' || !integrity.startsWith('sha512-')) continue;
  mkdirSync(path + '/bin', { recursive: true });
  writeFileSync(path + '/bin/node', ${JSON.stringify(otherNode('v24.21.0'))}, { mode: 0o755 });
}
`;

let root = '';
const bin = () => join(root, 'bin');

function write(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

/** A command in a clone with nothing installed, on this Node, which takes itself for the given version. */
function run(version: string, env: NodeJS.ProcessEnv = {}) {
  const versions = `{ value: { ...process.versions, node: '${version}' } }`;
  const pretend = `data:text/javascript,Object.defineProperty(process, 'versions', ${encodeURIComponent(versions)})`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', pretend, join(root, 'tools', 'run.js'), 'no-such-command'],
    { encoding: 'utf8', env: { HOME: root, PATH: bin(), ...env } },
  );
  return { status, stdout, stderr };
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'waystop-node-'));
  mkdirSync(bin());
  write('package.json', '{ "type": "module" }');
  cpSync(join(projectRoot, 'tools'), join(root, 'tools'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('a command of the project', () => {
  it('runs on Node 24 and newer without looking for another', () => {
    write('bin/node', otherNode('v24.30.0'));
    expect(run('24.0.0')).toMatchObject({ status: 64, stderr: expect.stringMatching(/^Commands: /) });
    expect(run('26.1.0')).toMatchObject({ status: 64 });
  });

  it('goes on with a newer Node that is on PATH, and ends with its code', () => {
    write('older/node', otherNode('v22.22.0'));
    write('bin/node', otherNode('v24.30.0'));
    const PATH = [join(root, 'older'), bin()].join(delimiter);
    expect(run('20.19.0', { PATH })).toEqual({
      status: 7,
      stdout: 'v24.30.0 runs run.js no-such-command\n',
      stderr: '',
    });
    expect(existsSync(join(root, '.node'))).toBe(false);
  });

  it('fetches Node 24 once where there is none, says so in one line, and goes on with it', () => {
    write('bin/node', otherNode('v22.22.0'));
    const npm_execpath = write('npm-cli.js', fakeNpm);
    const message = /^Fetching Node \S+ from the npm registry into \.node .*\nv24.21.0 runs run.js .*\n$/;
    expect(run('20.19.0', { npm_execpath })).toMatchObject({
      status: 7,
      stdout: expect.stringMatching(message),
      stderr: '',
    });
    expect(run('20.19.0')).toMatchObject({ status: 7, stdout: 'v24.21.0 runs run.js no-such-command\n' });
  });

  it('says what to do where the registry cannot be reached', () => {
    const npm = spawnSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).stdout.trim();
    const unreachable = {
      npm_execpath: realpathSync(npm),
      npm_config_registry: 'http://127.0.0.1:1/',
      npm_config_fetch_retries: '0',
    };
    const { status, stderr } = run('22.1.0', unreachable);
    expect([status, stderr]).toEqual([1, expect.stringMatching(/could not be fetched[^]*Install Node 24/)]);
  });

  it('says what to do on a Node too old to fetch another', () => {
    const { status, stderr } = run('20.18.3');
    expect([status, stderr]).toEqual([1, expect.stringMatching(/this is Node 20.18.3[^]*Install Node 24/)]);
  });
});
