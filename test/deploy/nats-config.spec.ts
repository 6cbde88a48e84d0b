import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { keysFile, keysFileName, makeSeed } from '#messaging';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { readCompose } from './compose.js';
import { containersOf, longRunning, type Container, type Volume } from './objects.js';
import { parseObjects } from './render.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const single = ['deploy/nats/nats-server.conf', 'k8s/components/dev-stores/nats-server.conf'];
const cluster = 'k8s/components/nats/nats-server.conf';

/** sync_interval came with 2.10; the server that the tests run beside may be older. */
const version =
  /v?(\d+)\.(\d+)/.exec(spawnSync('nats-server', ['--version'], { encoding: 'utf8' }).stdout) ?? [];
const knowsSyncInterval = Number(version[1]) > 2 || Number(version[2]) >= 10;

describe('the configurations of NATS', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'waystop-nats-conf-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const accepts = (text: string) => {
    const file = join(folder, 'nats-server.conf');
    copyFileSync(join(projectRoot, 'deploy/nats/users.conf'), join(folder, 'users.conf'));
    writeFileSync(
      join(folder, keysFileName),
      keysFile(() => makeSeed()),
    );
    writeFileSync(file, knowsSyncInterval ? text : text.replace(/^\s*sync_interval:.*$/m, ''));
    const env = { ...process.env, POD_NAME: 'nats-0' };
    return spawnSync('nats-server', ['-t', '--config', file], { env, encoding: 'utf8' });
  };

  it.each([...single, cluster])('%s is accepted by the server', (file) => {
    expect(accepts(read(file))).toMatchObject({ status: 0 });
  });

  it.each([...single, cluster])('%s lets in nobody but the users', (file) => {
    expect(read(file)).toMatch(/^include users\.conf$/m);
  });

  it('would be refused with a misspelt word', () => {
    expect(accepts(read(cluster).replace('max_payload', 'max_pyload')).status).not.toBe(0);
  });

  it.each(single)(
    '%s has each message on the disk before it is acknowledged: there is no second copy',
    (file) => {
      expect(read(file)).toMatch(/jetstream \{[^}]*sync_interval: always/);
    },
  );

  it('is for as many brokers as there are', () => {
    const routes = read(cluster).match(/nats:\/\/nats-\d\.nats-headless:6222/g);
    expect(routes).toHaveLength(statefulSet().spec.replicas ?? 0);
  });
});

interface Values {
  fullnameOverride: string;
  config: {
    cluster: { replicas: number; merge: { name: string } };
    jetstream: { fileStore: { dir: string; maxSize: string; pvc: { size: string } } };
    merge: Record<string, string>;
  };
  container: {
    patch: { value: { name: string; mountPath: string } }[];
    image: { repository: string; tag: string };
    merge: Pick<Container, 'resources' | 'securityContext'>;
  };
  podTemplate: {
    patch: { value: Volume }[];
    topologySpreadConstraints: Record<string, object>;
    merge: { spec: object };
  };
  podDisruptionBudget: { merge: { spec: object } };
}

describe('the values for the official chart', () => {
  const values = parse(read('k8s/components/nats/values.yaml')) as Values;
  const { spec, pod, name } = statefulSet();
  const [container] = containersOf(pod);

  it('make the same brokers as the manifests', () => {
    const { repository, tag } = values.container.image;
    expect(values.fullnameOverride).toBe(name);
    expect(`${repository}:${tag}`).toBe(container?.image);
    expect(values.config.cluster.replicas).toBe(spec.replicas);
    expect(values.container.merge.resources).toEqual(container?.resources);
    expect(container?.securityContext).toMatchObject(values.container.merge.securityContext ?? {});
    expect(pod).toMatchObject(values.podTemplate.merge.spec);
    expect(Object.keys(values.podTemplate.topologySpreadConstraints).toSorted()).toEqual(
      (pod.topologySpreadConstraints ?? []).map((one) => one.topologyKey).toSorted(),
    );
  });

  it('configure them alike', () => {
    const config = read(cluster);
    const { $include: _users, ...merge } = values.config.merge;
    const { jetstream } = values.config;
    for (const [key, value] of Object.entries(merge))
      expect(config).toContain(`${key}: ${value.replaceAll(/[<> ]/g, '')}`);
    expect(config).toContain(`store_dir: ${jetstream.fileStore.dir}`);
    expect(config).toContain(`max_file_store: ${jetstream.fileStore.maxSize.replace('Gi', 'GB')}`);
    expect(config).toContain(`name: ${values.config.cluster.merge.name}`);
  });

  it('let the same users in', () => {
    const own = pod.volumes?.find((volume) => volume.name === 'config')?.projected?.sources ?? [];
    const [users] = values.podTemplate.patch.map((one) => one.value);
    const [mount] = values.container.patch.map((one) => one.value);
    // The chart's own configuration is the first source of ours.
    expect(users?.projected?.sources).toEqual(own.slice(1));
    expect(mount?.name).toBe(users?.name);
    expect(join('/etc/nats-config', values.config.merge['$include'] ?? '')).toBe(
      `${mount?.mountPath}/users.conf`,
    );
  });

  it('run the version that compose runs', () => {
    expect(readCompose().services['nats']?.image).toBe(container?.image);
  });
});

function statefulSet() {
  const [found] = longRunning(parseObjects(read('k8s/components/nats/nats.yaml')));
  if (found === undefined) throw new Error('No StatefulSet');
  return found;
}
