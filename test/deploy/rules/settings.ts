import { databaseSettings } from '../../../libs/service/src/config.js';
import {
  containersOf,
  ending,
  longRunning,
  ofKind,
  workloads,
  type Container,
  type KubernetesObject,
  type PodSpec,
  type SecretSource,
  type Volume,
  type WorkloadSpec,
} from '../objects.js';
import { eachContainer, eachWorkload, type Rule } from '../rule.js';

const secretName = /password|secret|token|credential|private|(^|_)key$|_seed$/i;
const urlWithPassword = /^[a-z]+:\/\/[^/@:]*:[^@]+@/i;

const isSecret = (name: string, value: string) =>
  (secretName.test(name) && !name.endsWith('_FILE')) || urlWithPassword.test(value);

/** The settings of pods, and where they come from. */
export const settingsRules: readonly Rule[] = [
  eachContainer('no-secret-in-environment', ({ env, envFrom }) => {
    const byValue = (env ?? []).some((one) => isSecret(one.name, one.value ?? ''));
    const byReference = (env ?? []).some((one) => one.valueFrom?.secretKeyRef !== undefined);
    return !byValue && !byReference && (envFrom ?? []).every((one) => one.secretRef === undefined);
  }),
  {
    id: 'no-secret-in-config-map',
    faults: (objects) =>
      ofKind(objects, 'ConfigMap').flatMap((map) =>
        Object.entries(map.data ?? {})
          .filter(([name, value]) => isSecret(name, value))
          .map(([name]) => `ConfigMap ${map.metadata.name}: ${name}`),
      ),
  },
  {
    id: 'config-maps-exist',
    faults: (objects) => {
      const maps = new Set(ofKind(objects, 'ConfigMap').map((map) => map.metadata.name));
      return workloads(objects).flatMap(({ kind, name, pod }) =>
        configMapsOf(pod)
          .filter((map) => !maps.has(map))
          .map((map) => `${kind} ${name}: ConfigMap ${map}`),
      );
    },
  },
  {
    id: 'secrets-exist',
    faults: (objects) => {
      const keys = secretKeys(objects);
      return workloads(objects).flatMap(({ kind, name, pod }) =>
        secretsOf(pod)
          .filter((key) => !keys.has(key))
          .map((key) => `${kind} ${name}: ${key}`),
      );
    },
  },
  eachContainer('secret-files-exist', (container, { pod }) => {
    const files = new Set(secretFiles(container, pod));
    return (container.env ?? [])
      .filter((one) => one.name.endsWith('_FILE'))
      .every((one) => files.has(one.value ?? ''));
  }),
  {
    id: 'own-secrets',
    faults: (objects) =>
      workloads(objects).flatMap(({ kind, name, pod }) =>
        sourcesOf(pod.volumes ?? [])
          .map((source) => withoutHash(source.name ?? source.secretName ?? ''))
          .filter((secret) => !mayMount(name, secret))
          .map((secret) => `${kind} ${name}: ${secret}`),
      ),
  },
  {
    id: 'job-ends',
    faults: (objects) =>
      ending(objects)
        .filter(({ spec, pod }) => !endsByItself(spec, pod))
        .map(({ kind, name }) => `${kind} ${name}`),
  },
  {
    id: 'one-version',
    faults: (objects) => {
      const images = new Set(workloads(objects).flatMap(({ pod }) => ourImages(pod)));
      return images.size === 1 ? [] : [`several images: ${[...images].join(', ')}`];
    },
  },
  eachWorkload('job-carries-version', ({ kind, name, pod }) => {
    const version = ourImages(pod)[0]?.split(':').pop()?.replaceAll('.', '-');
    return kind !== 'Job' || (version !== undefined && name.endsWith(`-${version}`));
  }),
  {
    id: 'connections-suffice',
    faults: (objects) => {
      const [needed, granted] = [connectionsNeeded(objects), connectionsGranted(objects)];
      return needed <= granted ? [] : [`${needed} connections at most, ${granted} granted`];
    },
  },
  {
    id: 'brokers-suffice',
    faults: (objects) => {
      const brokers = longRunning(objects).find((one) => one.name === 'nats')?.spec.replicas ?? 0;
      const copies = ofKind(objects, 'ConfigMap').map((map) => Number(map.data?.['STREAM_REPLICAS'] ?? 1));
      return Math.max(...copies) <= brokers ? [] : [`${Math.max(...copies)} copies on ${brokers} brokers`];
    },
  },
];

function endsByItself(
  { activeDeadlineSeconds, backoffLimit }: WorkloadSpec,
  { restartPolicy }: PodSpec,
): boolean {
  return activeDeadlineSeconds !== undefined && backoffLimit !== undefined && restartPolicy === 'Never';
}

/** kustomize adds a hash of what is in it to the name of a Secret that it makes. */
function withoutHash(name: string): string {
  return name.replace(/-[a-z0-9]{10}$/, '');
}

/** What bears a workload's name is for it alone; the owners' passwords are for migrations and for what makes databases. */
function mayMount(workload: string, secret: string): boolean {
  if (secret === 'database-ca') return true;
  if (workload === 'nats') return secret === 'nats-keys';
  const migrated = /^migrate-([a-z]+)/.exec(workload)?.[1];
  if (migrated !== undefined) return secret === `${migrated}-owner`;
  return workload.startsWith('databases-')
    ? !['gateway', 'web', 'nats-keys'].includes(secret)
    : secret === workload;
}

function configMapsOf(pod: PodSpec): string[] {
  const fromVolumes = (pod.volumes ?? [])
    .flatMap((one) => [one.configMap, ...(one.projected?.sources ?? []).map((source) => source.configMap)])
    .flatMap((map) => (map ? [map.name] : []));
  const fromEnvironment = containersOf(pod).flatMap((one) =>
    (one.envFrom ?? []).flatMap((source) => (source.configMapRef ? [source.configMapRef.name] : [])),
  );
  return [...fromVolumes, ...fromEnvironment];
}

/** `name/key` of each secret value that the rendered objects bring about themselves. */
function secretKeys(objects: readonly KubernetesObject[]): Set<string> {
  const plain = ofKind(objects, 'Secret').flatMap(({ metadata, data }) =>
    Object.keys(data ?? {}).map((key) => `${metadata.name}/${key}`),
  );
  const external = ofKind(objects, 'ExternalSecret').flatMap(({ spec }) => {
    const { target } = spec as { target: { name: string; template: { data: object } } };
    return Object.keys(target.template.data).map((key) => `${target.name}/${key}`);
  });
  return new Set([...plain, ...external]);
}

function secretsOf(pod: PodSpec): string[] {
  return sourcesOf(pod.volumes ?? [])
    .filter((source) => source.optional !== true)
    .flatMap((source) =>
      (source.items ?? []).map((item) => `${source.name ?? source.secretName}/${item.key}`),
    );
}

function sourcesOf(volumes: readonly Volume[]): SecretSource[] {
  return volumes.flatMap((volume) => [
    ...(volume.secret ? [volume.secret] : []),
    ...(volume.projected?.sources ?? []).flatMap((source) => (source.secret ? [source.secret] : [])),
  ]);
}

/** Where a container finds the secrets that are mounted into it. */
export function secretFiles(container: Container, pod: PodSpec): string[] {
  return (container.volumeMounts ?? []).flatMap(({ name, mountPath }) =>
    sourcesOf((pod.volumes ?? []).filter((volume) => volume.name === name))
      .flatMap((source) => source.items ?? [])
      .map((item) => `${mountPath}/${item.path}`),
  );
}

export function ourImages(pod: PodSpec): string[] {
  return containersOf(pod)
    .map((one) => one.image)
    .filter((image) => /(^|\/)waystop:/.test(image));
}

/** All replicas of all services with a database, one more of each while a rollout is under way, and the migrations. */
function connectionsNeeded(objects: readonly KubernetesObject[]): number {
  const pool = databaseSettings.DATABASE_POOL_SIZE.parse(undefined);
  const scalers = ofKind(objects, 'HorizontalPodAutoscaler').map(
    (one) => one.spec as { scaleTargetRef: { name: string }; maxReplicas: number },
  );
  const services = longRunning(objects).filter(
    (one) => one.labels['app.kubernetes.io/component'] === 'service',
  );
  const replicas = services.map(
    ({ name }) => (scalers.find((one) => one.scaleTargetRef.name === name)?.maxReplicas ?? 1) + 1,
  );
  return replicas.reduce((sum, count) => sum + count * pool, 0) + workloads(objects).length;
}

function connectionsGranted(objects: readonly KubernetesObject[]): number {
  const clusters = ofKind(objects, 'Cluster').map(
    ({ spec }) => (spec as { postgresql: { parameters: Record<string, string> } }).postgresql.parameters,
  );
  const servers = workloads(objects)
    .filter((one) => one.name === 'postgres')
    .flatMap(({ pod }) => pod.containers.flatMap((one) => one.args ?? []));
  const said = clusters[0]?.['max_connections'] ?? servers.join(' ').match(/max_connections=(\d+)/)?.[1];
  return Number(said ?? 100);
}
