import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { kubernetesModule } from './kubernetes-module.js';
import { pathOf, toolsFolder } from './find.js';

const smaller = '-s -w';

/** `go install module@version`, whose program gets our name for it. */
export function installByGo({ name, go, version }) {
  const own = mkdtempSync(join(tmpdir(), 'waystop-tool-'));
  try {
    run('go', ['install', `-ldflags=${smaller}`, `${go}@v${version}`], { GOBIN: own });
    const [program] = readdirSync(own);
    move(join(own, program), name);
  } finally {
    rmSync(own, { recursive: true });
  }
}

/** A program of `programs/`, with the modules that its go.mod names. */
export function installProgram({ name, program }) {
  const folder = sourceFolder(program);
  cpSync(new URL(`programs/${program}`, import.meta.url), folder, { recursive: true });
  run('go', ['mod', 'tidy'], {}, folder);
  run('go', ['build', `-ldflags=${smaller}`, '-o', programFile(name), '.'], {}, folder);
}

/** A command of Kubernetes. Its own modules are published, but its go.mod does not name their versions. */
export function installKubernetes({ name, kubernetes, version }) {
  const { stdout } = run('go', ['mod', 'download', '-json', `k8s.io/kubernetes@v${version}`]);
  const folder = sourceFolder(`kubernetes-${version}`);
  writeFileSync(
    join(folder, 'go.mod'),
    kubernetesModule(readFileSync(JSON.parse(stdout).GoMod, 'utf8'), version),
  );
  const [major, minor] = version.split('.');
  const known = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor };
  const flags = Object.entries(known).map(
    ([key, value]) => `-X k8s.io/component-base/version.${key}=${value}`,
  );
  const build = ['build', '-mod=mod', `-ldflags=${[smaller, ...flags].join(' ')}`];
  run('go', [...build, '-o', programFile(name), `k8s.io/kubernetes/cmd/${kubernetes}`], {}, folder);
}

/** Files of a published module, without building anything. */
export function copyFiles({ name, files, from, version }) {
  const { stdout } = run('go', ['mod', 'download', '-json', `${files}@v${version}`]);
  const { Dir: folder } = JSON.parse(stdout);
  const target = join(toolsFolder, 'files', name);
  mkdirSync(target, { recursive: true });
  // The files of a module are read-only; a copy is written anew at the next version.
  for (const file of from) writeFileSync(join(target, basename(file)), readFileSync(join(folder, file)));
}

/** controller-gen makes them of the types, as the operator's own build does. */
export function generateCrds({ name, crds }) {
  const folder = sourceFolder(name);
  cpSync(new URL(`programs/${name}`, import.meta.url), folder, { recursive: true });
  run('go', ['mod', 'tidy'], {}, folder);
  const output = `output:crd:dir=${join(toolsFolder, 'files', name)}`;
  const generator = 'sigs.k8s.io/controller-tools/cmd/controller-gen';
  run('go', ['run', generator, 'crd:allowDangerousTypes=true', `paths=${crds}/v1`, output], {}, folder);
}

/** A package of npm apart from the project's own. Its install script links the libraries that belong to it. */
export function installByNpm({ npm, version }) {
  const folder = join(toolsFolder, 'npm');
  mkdirSync(folder, { recursive: true });
  const allowed = JSON.stringify({ private: true, allowScripts: { [npm]: true } });
  if (!existsSync(join(folder, 'package.json'))) writeFileSync(join(folder, 'package.json'), allowed);
  run('npm', ['install', '--save-exact', '--no-audit', '--no-fund', `${npm}@${version}`], {}, folder);
}

/** All packages of PyPI share one virtual environment. */
export function installByPip({ pip, version }) {
  const folder = join(toolsFolder, 'python');
  if (!existsSync(join(folder, 'bin', 'pip'))) run('python3', ['-m', 'venv', folder]);
  run(join(folder, 'bin', 'pip'), [
    'install',
    '--quiet',
    '--disable-pip-version-check',
    `${pip}==${version}`,
  ]);
}

/** Root installs by itself, others where sudo asks for no password. */
export function installByApt(tool) {
  const isRoot = process.getuid?.() === 0;
  const apt = (...args) =>
    isRoot
      ? run('apt-get', args, { DEBIAN_FRONTEND: 'noninteractive' })
      : run('sudo', ['--non-interactive', 'apt-get', ...args]);
  apt('update', '--quiet');
  apt('install', '--yes', '--no-install-recommends', tool.apt);
  if (!existsSync(pathOf(tool))) throw new Error(`the package ${tool.apt} brought no ${tool.file}`);
}

function programFile(name) {
  return join(toolsFolder, 'bin', name);
}

function sourceFolder(name) {
  const folder = join(toolsFolder, 'source', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function move(from, name) {
  // The folder of temporary files may be on another disk, where a rename does not reach.
  cpSync(from, `${programFile(name)}.new`);
  renameSync(`${programFile(name)}.new`, programFile(name));
}

function run(command, args, env = {}, cwd = toolsFolder) {
  const options = {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, CGO_ENABLED: '0', ...env },
  };
  const result = spawnSync(command, args, options);
  if (result.status === 0) return result;
  const said = `${result.stderr ?? ''}`.trim().split('\n').at(-1);
  throw new Error(
    result.error?.code === 'ENOENT' ? `${command} is not on PATH` : `${command} ${args[0]}: ${said}`,
  );
}
