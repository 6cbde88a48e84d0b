import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './system/project-root.js';

interface Project {
  readonly type: 'application' | 'library';
  readonly root: string;
  readonly sourceRoot: string;
  readonly entryFile: string;
}

const { projects } = JSON.parse(readFileSync(join(projectRoot, 'nest-cli.json'), 'utf8')) as {
  projects: Record<string, Project>;
};

describe("the projects of Nest's CLI", () => {
  it('are every app, every lib and the programs of the image', () => {
    const rootsOf = (type: Project['type']) =>
      Object.values(projects).flatMap((project) => (project.type === type ? [project.root] : []));
    const folders = (parent: string) =>
      readdirSync(join(projectRoot, parent)).map((name) => `${parent}/${name}`);
    expect(rootsOf('application').toSorted()).toEqual([...folders('apps'), 'tools/container'].toSorted());
    expect(rootsOf('library').toSorted()).toEqual(folders('libs').toSorted());
  });

  it.each(Object.entries(projects))('%s begins at a file that exists', (_name, { sourceRoot, entryFile }) => {
    expect(existsSync(join(projectRoot, sourceRoot, `${entryFile}.ts`))).toBe(true);
  });
});
