import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { stagesOf, type Stage, type Step } from './dockerfile.js';

/** The folder that stands for the root of one stage's file system, and where in it the stage works. */
interface Built {
  root: string;
  workdir: string;
}

/**
 * Does what `docker build` would, as far as that needs no engine: copies, and the commands of the stages with a name.
 * Those of the last stage are left out, since they tidy the base image, which is not here. Returns the last stage.
 */
export function buildStages(dockerfile: string, folder: string): Built & { stage: Stage } {
  const stages = stagesOf(dockerfile);
  const built = new Map<string, Built>();
  let latest: (Built & { stage: Stage }) | undefined;
  for (const [index, stage] of stages.entries()) {
    const state = begin(join(folder, String(index)), built.get(stage.from));
    const runs = index < stages.length - 1;
    for (const step of stage.steps) apply(step, state, built, runs);
    if (stage.name !== undefined) built.set(stage.name, state);
    latest = { ...state, stage };
  }
  if (latest === undefined) throw new Error('The Dockerfile has no stage.');
  return latest;
}

function begin(root: string, base: Built | undefined): Built {
  mkdirSync(root, { recursive: true });
  chmodSync(root, 0o755);
  if (base !== undefined) cpSync(base.root, root, { recursive: true, verbatimSymlinks: true });
  return { root, workdir: base?.workdir ?? '/' };
}

function apply({ word, text }: Step, state: Built, built: ReadonlyMap<string, Built>, runs: boolean): void {
  if (word === 'WORKDIR') {
    state.workdir = text;
    mkdirSync(join(state.root, text), { recursive: true });
  } else if (word === 'COPY') copy(text, state, built);
  else if (word === 'RUN' && runs) run(text, state);
}

function run(command: string, { root, workdir }: Built): void {
  console.log(`RUN ${command}`);
  const { PATH, HOME } = process.env;
  execFileSync('sh', ['-c', command], {
    cwd: join(root, workdir),
    env: { PATH, HOME },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

function copy(text: string, state: Built, built: ReadonlyMap<string, Built>): void {
  const words = text.split(/\s+/);
  const from = words[0]?.startsWith('--from=')
    ? built.get(words.shift()?.slice('--from='.length) ?? '')
    : undefined;
  const target = posix.resolve(state.workdir, words.pop() ?? '.');
  for (const word of words) {
    const source = join(from?.root ?? projectRoot, word);
    const isFolderTarget = words.length > 1 || existsSync(join(state.root, target));
    const destination = join(state.root, target, isFolderTarget ? basename(word) : '');
    cpSync(source, destination, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !file.endsWith('.spec.ts'),
    });
  }
}
