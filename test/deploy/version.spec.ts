import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { workloads } from './objects.js';
import { render } from './render.js';
import { ourImages } from './rules/settings.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };

/** Each place that a release has to change besides package.json. */
describe(`the version ${version}`, () => {
  it.each(['Dockerfile', 'docker-compose.yml', 'k8s/overlays/dev/kustomization.yaml', 'docs/operations.md'])(
    'is the only one that %s names for the image',
    (file) => {
      const named = [...read(file).matchAll(/(?:waystop:|VERSION:?[=-]+|newTag: )(\d+\.\d+\.\d+)/g)].map(
        (match) => match[1],
      );
      expect(new Set(named)).toEqual(new Set([version]));
    },
  );

  it.each(['dev', 'staging', 'production'])('is what overlays/%s runs', (overlay) => {
    const images = workloads(render(`overlays/${overlay}`)).flatMap(({ pod }) => ourImages(pod));
    expect(new Set(images.map((image) => image.split(':').pop()))).toEqual(new Set([version]));
  });
});
