import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../dev/system/project-root.js';
import { kubernetesModule } from './kubernetes-module.js';
import { outsideTools } from './versions.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const versionOf = (name: string) => outsideTools.find((tool) => tool.name === name)?.version;

describe('the outside tools', () => {
  it('have names of their own, one way to be installed, and exact versions', () => {
    expect(new Set(outsideTools.map(({ name }) => name)).size).toBe(outsideTools.length);
    for (const { go, program, kubernetes, files, crds, npm, pip, apt, version, file } of outsideTools) {
      expect(
        [go, program, kubernetes, files, crds, npm, pip, apt].filter((one) => one !== undefined),
      ).toHaveLength(1);
      expect(apt === undefined ? version : file).toMatch(
        apt === undefined ? /^\d+\.\d+\.\d+[\w.-]*$/ : /^\//,
      );
    }
  });

  it.each(outsideTools.filter(({ program, crds }) => program !== undefined || crds !== undefined))(
    '$name is built from a source that names its version',
    ({ name, version = '' }) => {
      const folder = `tools/outside/programs/${name}`;
      expect(read(`${folder}/go.mod`)).toContain(`v${version}`);
    },
  );

  it.each(['docker-compose.yml', 'k8s/components/nats/nats.yaml', 'k8s/components/dev-stores/nats.yaml'])(
    'have the nats-server of %s',
    (file) => {
      expect(/image: nats:(\d+\.\d+\.\d+)/.exec(read(file))?.[1]).toBe(versionOf('nats-server-2.12'));
    },
  );

  it('have the oldest Kubernetes that the documentation promises', () => {
    const oldest = /Kubernetes (\d+\.\d+) or newer/.exec(read('docs/operations.md'))?.[1];
    expect(versionOf(`kube-apiserver-${oldest}`)).toMatch(new RegExp(`^${oldest}\\.`));
  });
});

describe('the go.mod for a command of Kubernetes', () => {
  it.each([
    [
      'the folders of 1.30',
      'module k8s.io/kubernetes\n\ngo 1.22.0\n\nreplace (\n\tk8s.io/api => ./staging/src/k8s.io/api\n)\n',
    ],
    [
      'the workspace of 1.37',
      'module k8s.io/kubernetes\n\ngo 1.22.0\n\nrequire (\n\tk8s.io/api v0.0.0\n\tk8s.io/klog/v2 v2.1.0\n)\n',
    ],
  ])('names published modules in place of %s', (_what, goMod) => {
    expect(kubernetesModule(goMod, '1.30.14')).toBe(
      'module waystop.invalid/kubernetes\ngo 1.22.0\nrequire k8s.io/kubernetes v1.30.14\nreplace k8s.io/api => k8s.io/api v0.30.14\n',
    );
  });

  it('is refused for anything else', () => {
    expect(() => kubernetesModule('module example.org/a\n\ngo 1.22\n', '1.30.14')).toThrow('not the go.mod');
  });
});
